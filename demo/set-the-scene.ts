import { MARKETING, PEOPLE } from './chat.ts'
import { beginWithoutLevels } from './levels.ts'
import { moneyWords } from './say.ts'
import type { Scene } from './scene.ts'
import { WALLS } from './walls.ts'

/** Minor units: what one e-mail costs, and what a day may cost. */
const PRICE = 1
const DAY_CAP = 2_000

/** Who works here, what an e-mail costs, what a day may cost. Returns how to put back what was changed. */
export async function setTheScene({ say, owner, clock }: Scene): Promise<() => Promise<void>> {
  say.chapter('A dental practice and its agent')
  const policy = await owner.policy()
  const story = {
    ...WALLS,
    cost_per_person: { 'mailchimp.campaign.send': PRICE },
    budget: { day: { cap: DAY_CAP } },
    quiet_hours: { from: '21:00', to: '08:00' },
  }
  await owner.setPolicy(story, 'For the demo')
  const putLevelsBack = await beginWithoutLevels(owner)
  await clock.toNextWorkingMorning()
  // Added only where they are missing; a gate of its own has the owner already.
  await owner.addMember(PEOPLE.owner.name, PEOPLE.owner.email, 'admin')
  await owner.addMember(PEOPLE.approver.name, PEOPLE.approver.email, 'approver')
  await owner.addMember(PEOPLE.viewer.name, PEOPLE.viewer.email, 'viewer')
  say.line('People: an owner, an approver who decides, and a colleague at the desk who may look and stop.')
  const [today] = await owner.budgets()
  const money = (minor: number): string => moneyWords({ minor, currency: today?.cap?.currency ?? 'USD' })
  const words = WALLS.blocked_words.map((word) => `“${word}”`).join(', ')
  say.line(
    `The owner’s guardrails for this story: an e-mail costs ${money(PRICE)} a person, a day at most ` +
      `${money(DAY_CAP)}. Words that must not go out: ${words}.`,
  )
  say.line(
    `A person decides on ${WALLS.topics.map(({ name }) => name).join(' and ')}, and nothing goes out but by e-mail and in the CRM.`,
  )
  return async () => {
    await owner.setPolicy(policy, 'As it was before the demo')
    await putLevelsBack()
  }
}

/** The colleague asks in a thread; the answer belongs there. */
export async function askInThread({ say, chat }: Scene): Promise<{ words: string; ts: string }> {
  const words = 'Could everyone whose check-up is due get a reminder today, at about eleven?'
  const ts = await chat.say(PEOPLE.viewer, MARKETING, words)
  say.does('Colleague in #marketing', `“${words}”`)
  return { words, ts }
}
