import type { Proposal } from '../gate-client.ts'
import { MAILCHIMP_LIST, RECALL_LIST, RECALL_SEGMENT } from './practice.ts'
import type { Random } from './random.ts'

/** One thing that the agent does, and whether a careful person would let it through as it is. */
export type Work = {
  readonly proposal: Proposal
  readonly isRight: boolean
  /** What a person writes instead, in the form; null: it can only be rejected. */
  readonly repair: Readonly<Record<string, string>> | null
}

/** The share of the agent's work that is right. */
const RIGHT = 0.98
/** How often it is not sure, and asks: of what is right, and of what is wrong. */
const UNSURE_OF_RIGHT = 0.03
const UNSURE_OF_WRONG = 0.6

const CONTACTS = 25
const ASKED = ['implants', 'aligners', 'a second opinion', 'whitening', 'a crown', 'the wisdom teeth'] as const
const WHEN = ['before nine', 'after six', 'on Fridays', 'during the lunch break', 'in the school holidays'] as const

const contactOf = (random: Random): string => String(101 + Math.floor(random.share() * CONTACTS))

/** A note of some sixty words, which takes a quarter of a minute to read. */
function note(random: Random): Work {
  const isRight = random.isTrue(RIGHT)
  const [asked, when] = [random.pick(ASKED), random.pick(WHEN)]
  const text = (said: string): string =>
    `Called about ${asked} and would like to come ${when}. Had been told at the last visit that nothing is urgent, and ` +
    'wants to know beforehand what the insurance pays and how long it takes in all. Asked whether the first talk can be ' +
    `by telephone. ${said} Please call back within three days and have the plan of the last visit at hand.`
  const right = 'Has no allergies that we know of.'
  return {
    proposal: {
      kind: 'hubspot.note.create',
      input: { contactId: contactOf(random), body: text(isRight ? right : 'Is allergic to latex, it says somewhere.') },
      reason: 'The call was written down at the desk',
    },
    isRight,
    repair: isRight ? null : { 'field:body': text(right) },
  }
}

function details(random: Random): Work {
  const isRight = random.isTrue(RIGHT)
  const number = 1000 + Math.floor(random.share() * 9000)
  const right = `+1 555 ${number}`
  return {
    proposal: {
      kind: 'hubspot.contact.update',
      input: { contactId: contactOf(random), phone: isRight ? right : `555-${number} or so` },
      reason: 'The patient wrote it into the form at the desk',
    },
    isRight,
    repair: isRight ? null : { 'field:phone': right },
  }
}

function task(random: Random, now: Date): Work {
  const isRight = random.isTrue(RIGHT)
  const asked = random.pick(ASKED)
  const body = `${asked} was asked about by e-mail, with two pictures and a letter of the dentist before us, who sees no hurry but would not wait for longer than half a year either. The patient can come ${random.pick(WHEN)}, has private insurance, and wants a price in writing before anything is decided. Attach the price list of this year.`
  return {
    proposal: {
      kind: 'hubspot.task.create',
      input: {
        contactId: contactOf(random),
        subject: isRight ? `Answer about ${asked}` : 'Answer about something',
        body,
        dueAt: new Date(now.getTime() + 2 * 86_400_000).toISOString(),
      },
      reason: 'An answer was promised within two days',
    },
    isRight,
    repair: null,
  }
}

const TAGS = [
  'Recall due',
  'Family',
  'Early riser',
  'Evenings only',
  'Asked about whitening',
  'Prefers letters',
] as const

function tag(random: Random): Work {
  const isRight = random.isTrue(RIGHT)
  const number = 1 + Math.floor(random.share() * 1_000)
  const added = random.pick(TAGS)
  return {
    proposal: {
      kind: 'mailchimp.member.tag',
      input: {
        listId: MAILCHIMP_LIST,
        email: `patient-${String(number).padStart(4, '0')}@example.com`,
        add: [isRight ? added : 'Never call again'],
      },
      reason: 'Follows from the last visit',
    },
    isRight,
    repair: null,
  }
}

/** So many tags that reading them takes a while. */
function manyTags(random: Random): Work {
  const { proposal, ...work } = tag(random)
  const about = ['whitening', 'implants', 'aligners', 'a crown', 'a splint', 'a night guard', 'sealing', 'cleaning']
  const add = about.flatMap((what) => [`Asked about ${what}`, `Was told about ${what}`])
  return { ...work, proposal: { ...proposal, input: { ...proposal.input, add } } }
}

function toList(random: Random): Work {
  const isRight = random.isTrue(RIGHT)
  const ids = new Set(Array.from({ length: isRight ? 3 : 12 }, () => contactOf(random)))
  return {
    proposal: {
      kind: 'hubspot.list.add',
      input: { listId: RECALL_LIST, contactIds: [...ids].toSorted() },
      reason: 'Their last check-up was more than six months ago',
    },
    isRight,
    repair: null,
  }
}

/** What the agent proposes on one day: two CRM updates and two changes of audiences, in the order of its ideas. */
export const workOf = (random: Random, now: Date): readonly Work[] =>
  random
    .shuffled([note(random), details(random), tag(random), toList(random)])
    .map((work) => maybeUnsure(withDay(work, now), random))

/** The same number, all of it with forty words or more: what was not read can only be seen where there is something to read. */
export const wordyWorkOf = (random: Random, now: Date): readonly Work[] =>
  random.shuffled([note(random), task(random, now), manyTags(random), manyTags(random)])

/** An agent that knows its limits asks where it is not sure, at every level. */
function maybeUnsure(work: Work, random: Random): Work {
  if (!random.isTrue(work.isRight ? UNSURE_OF_RIGHT : UNSURE_OF_WRONG)) return work
  const about = work.proposal.kind === 'hubspot.list.add' ? ('people' as const) : ('content' as const)
  const says = about === 'people' ? 'Are these the ones who are due?' : 'I am not sure that I read this right. Is it?'
  return { ...work, proposal: { ...work.proposal, question: { about, says } } }
}

/** Two contacts may get the same note in a year; each is a proposal of its own. */
const withDay = (work: Work, now: Date): Work => ({
  ...work,
  proposal: { ...work.proposal, reason: `${work.proposal.reason}, ${now.toISOString().slice(0, 10)}` },
})

const FROM = { fromName: 'Your dental practice', replyTo: 'hello@example.com' }

/** The newsletter of a week, before it has a number in Mailchimp. */
export const draft = (week: number): Proposal => ({
  kind: 'mailchimp.campaign.create',
  input: { listId: MAILCHIMP_LIST, segmentId: RECALL_SEGMENT, subject: `Your check-up is due (${week})`, ...FROM },
  reason: 'Once a week whoever is due is reminded',
})

export const content = (campaignId: string, random: Random): Proposal => ({
  kind: 'mailchimp.campaign.set_content',
  input: {
    campaignId,
    html: `<h1>Your check-up is due</h1><p>Dear *|FNAME|*, half a year has gone by. You can come ${random.pick(WHEN)}; choose your appointment online, or call us.</p><p><a href="*|UNSUB|*">Unsubscribe</a></p>`,
  },
  reason: 'The text of the last months, with other times',
})

export const send = (campaignId: string, random: Random): Work => ({
  proposal: { kind: 'mailchimp.campaign.send', input: { campaignId }, reason: 'It is ready' },
  isRight: random.isTrue(RIGHT),
  repair: null,
})
