import type { Input } from '../../core/ports/kind.ts'
import type { HubSpotState } from '../../connectors/hubspot/sandbox-seed.ts'
import { hashOf, type MailchimpState } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { LogEntry } from '../../connectors/sandbox-faults.ts'

export type PlatformStates = { readonly hubspot: HubSpotState; readonly mailchimp: MailchimpState }

/** One action on things of its own, so that what happened on the platform can be told apart from all others. */
export type Job = {
  readonly index: number
  readonly platform: 'hubspot' | 'mailchimp'
  readonly kind: string
  readonly input: Input
  /** Whether a request asks for this action's effect. */
  readonly asks: (entry: Pick<LogEntry, 'method' | 'path' | 'body'>) => boolean
  /** How often what it wants is there now: once, or not at all. */
  readonly present: (states: PlatformStates) => number
}

/** An audience with nobody in it but the jobs' own people, and one whose only drafts are those that jobs make. */
const AUDIENCE = 'bbbb000001'
const DRAFTS = 'bbbb000002'
const SLOT = '2027-06-01T09:15:00.000Z'
const JOINED = '2026-01-05T08:00:00.000Z'

type Target = { readonly contact: string; readonly email: string; readonly hash: string; readonly campaign: string }

const targetOf = (index: number): Target => ({
  contact: String(10_000 + index),
  email: `job-${index}@example.com`,
  hash: hashOf(`job-${index}@example.com`),
  campaign: hashOf(`job ${index}`).slice(0, 10),
})

type Made = {
  readonly input: (index: number, target: Target, at: Date) => Input
  readonly call: (
    index: number,
    target: Target,
  ) => readonly [method: string, path: string, body?: (body: string) => boolean]
  readonly present: (states: PlatformStates, index: number, target: Target) => number
}

const contactOf = ({ hubspot }: PlatformStates, { contact }: Target) => hubspot.contacts[contact]?.properties
const campaignOf = ({ mailchimp }: PlatformStates, { campaign }: Target) => mailchimp.campaigns[campaign]
const memberOf = ({ mailchimp }: PlatformStates, { hash }: Target) => mailchimp.lists[AUDIENCE]?.members[hash]
const once = (is: boolean | undefined): number => (is === true ? 1 : 0)
const says = (text: string) => (body: string) => body.includes(JSON.stringify(text))
const phoneOf = (index: number): string => `+1 555 ${100_000 + index}`
const html = (index: number): string => `<p>Opening hours of job ${index}.</p>`

const MADE: Readonly<Record<string, Made>> = {
  'hubspot.contact.create': {
    input: (index) => ({ email: `made-${index}@example.com`, firstName: 'Made' }),
    call: (index) => ['POST', '/crm/v3/objects/contacts', says(`made-${index}@example.com`)],
    present: ({ hubspot }, index) =>
      Object.values(hubspot.contacts).filter(
        (one) => !one.archived && one.properties['email'] === `made-${index}@example.com`,
      ).length,
  },
  'hubspot.contact.update': {
    input: (index, { contact }) => ({ contactId: contact, phone: phoneOf(index) }),
    call: (index, { contact }) => ['PATCH', `/crm/v3/objects/contacts/${contact}`, says(phoneOf(index))],
    present: (states, index, target) => once(contactOf(states, target)?.['phone'] === phoneOf(index)),
  },
  'hubspot.contact.set_stage': {
    input: (_index, { contact }) => ({ contactId: contact, stage: 'customer' }),
    call: (_index, { contact }) => ['PATCH', `/crm/v3/objects/contacts/${contact}`, says('customer')],
    present: (states, _index, target) => once(contactOf(states, target)?.['lifecyclestage'] === 'customer'),
  },
  'hubspot.note.create': {
    input: (index, { contact }) => ({ contactId: contact, body: `Note of job ${index}` }),
    call: (index) => ['POST', '/crm/v3/objects/notes', says(`Note of job ${index}`)],
    present: ({ hubspot }, index) =>
      Object.values(hubspot.notes).filter(
        (one) => !one.archived && one.properties['hs_note_body'] === `Note of job ${index}`,
      ).length,
  },
  'hubspot.task.create': {
    input: (index, { contact }) => ({ contactId: contact, subject: `Task of job ${index}`, dueAt: SLOT }),
    call: (index) => ['POST', '/crm/v3/objects/tasks', says(`Task of job ${index}`)],
    present: ({ hubspot }, index) =>
      Object.values(hubspot.tasks).filter(
        (one) => !one.archived && one.properties['hs_task_subject'] === `Task of job ${index}`,
      ).length,
  },
  'hubspot.list.add': {
    input: (_index, { contact }) => ({ listId: '12', contactIds: [contact] }),
    call: (_index, { contact }) => ['PUT', '/crm/v3/lists/12/memberships/add', says(contact)],
    present: ({ hubspot }, _index, { contact }) => once(hubspot.lists['12']?.members[contact] !== undefined),
  },
  'hubspot.list.remove': {
    input: (_index, { contact }) => ({ listId: '11', contactIds: [contact] }),
    call: (_index, { contact }) => ['PUT', '/crm/v3/lists/11/memberships/remove', says(contact)],
    present: ({ hubspot }, _index, { contact }) => once(hubspot.lists['11']?.members[contact] === undefined),
  },
  'mailchimp.member.upsert': {
    input: (_index, { email }) => ({ listId: AUDIENCE, email, status: 'unsubscribed', firstName: 'Gone' }),
    call: (_index, { hash }) => ['PUT', `/3.0/lists/${AUDIENCE}/members/${hash}`, says('unsubscribed')],
    present: (states, _index, target) => once(memberOf(states, target)?.status === 'unsubscribed'),
  },
  'mailchimp.member.tag': {
    input: (_index, { email }) => ({ listId: AUDIENCE, email, add: ['Recall due'], remove: ['Family'] }),
    call: (_index, { hash }) => [
      'POST',
      `/3.0/lists/${AUDIENCE}/members/${hash}/tags`,
      (body) => /"Recall due","status":"active"/.test(body),
    ],
    present: (states, _index, target) => once(memberOf(states, target)?.tags.includes('Recall due')),
  },
  'mailchimp.campaign.create': {
    input: (index) => ({
      listId: DRAFTS,
      subject: `Draft of job ${index}`,
      fromName: 'Practice',
      replyTo: 'hello@example.com',
    }),
    call: (index) => ['POST', '/3.0/campaigns', says(`Draft of job ${index}`)],
    present: ({ mailchimp }, index) =>
      Object.values(mailchimp.campaigns).filter(({ settings }) => settings.subject_line === `Draft of job ${index}`)
        .length,
  },
  'mailchimp.campaign.set_content': {
    input: (index, { campaign }) => ({ campaignId: campaign, html: html(index) }),
    call: (index, { campaign }) => ['PUT', `/3.0/campaigns/${campaign}/content`, says(html(index))],
    present: (states, index, target) => once(campaignOf(states, target)?.html === html(index)),
  },
  'mailchimp.campaign.send_test': {
    input: (_index, { campaign, email }) => ({ campaignId: campaign, emails: [email] }),
    call: (_index, { campaign }) => ['POST', `/3.0/campaigns/${campaign}/actions/test`],
    present: ({ mailchimp }, _index, { campaign }) =>
      mailchimp.tests.filter((one) => one.campaignId === campaign).length,
  },
  'mailchimp.campaign.schedule': {
    input: (_index, { campaign }, at) => ({ campaignId: campaign, scheduleTime: at.toISOString() }),
    call: (_index, { campaign }) => ['POST', `/3.0/campaigns/${campaign}/actions/send`],
    present: (states, _index, target) => once(/^sen[dt]/.test(campaignOf(states, target)?.status ?? '')),
  },
  'mailchimp.campaign.unschedule': {
    input: (_index, { campaign }) => ({ campaignId: campaign }),
    call: (_index, { campaign }) => ['POST', `/3.0/campaigns/${campaign}/actions/unschedule`],
    present: (states, _index, target) => once(campaignOf(states, target)?.status === 'save'),
  },
  'mailchimp.campaign.send': {
    input: (_index, { campaign }) => ({ campaignId: campaign }),
    call: (_index, { campaign }) => ['POST', `/3.0/campaigns/${campaign}/actions/send`],
    present: (states, _index, target) => once(/^sen[dt]/.test(campaignOf(states, target)?.status ?? '')),
  },
}

export const JOB_KINDS: readonly string[] = Object.keys(MADE)

/** The action number `index` of a kind; where that names a time, it names `at`. */
export function jobOf(kind: string, index: number, at = new Date(SLOT)): Job {
  const made = MADE[kind]
  if (made === undefined) throw new Error(`There is no job of the kind ${kind}`)
  const target = targetOf(index)
  const [method, path, body = () => true] = made.call(index, target)
  return {
    index,
    platform: kind.startsWith('hubspot.') ? 'hubspot' : 'mailchimp',
    kind,
    input: made.input(index, target, at),
    asks: (entry) => entry.method === method && entry.path === path && body(JSON.stringify(entry.body)),
    present: (states) => made.present(states, index, target),
  }
}

/** Puts what the jobs work on into the stand-ins. */
export function prepareJobs(states: PlatformStates, jobs: readonly Job[]): void {
  const { hubspot, mailchimp } = states
  for (const [id, name] of [
    [AUDIENCE, 'Patients of the jobs'],
    [DRAFTS, 'Drafts of the jobs'],
  ] as const) {
    mailchimp.lists[id] ??= { id, name, members: {}, segments: {} }
  }
  for (const job of jobs) prepareJob(hubspot, mailchimp, job)
}

function prepareJob(hubspot: HubSpotState, mailchimp: MailchimpState, { kind, index }: Job): void {
  const { contact, email, hash, campaign } = targetOf(index)
  if (kind.startsWith('hubspot.')) {
    const properties = { email, firstname: 'Patient', lastname: String(index), lifecyclestage: 'lead' }
    hubspot.contacts[contact] = { id: contact, properties, createdAt: JOINED, updatedAt: JOINED, archived: false }
    if (kind === 'hubspot.list.remove' && hubspot.lists['11']) hubspot.lists['11'].members[contact] = JOINED
    return
  }
  const list = mailchimp.lists[AUDIENCE]
  if (list) list.members[hash] = { email, status: 'subscribed', inCompliance: false, fields: {}, tags: ['Family'] }
  const isPlanned = kind === 'mailchimp.campaign.unschedule'
  mailchimp.campaigns[campaign] = {
    id: campaign,
    webId: 800_000 + index,
    type: 'regular',
    status: isPlanned ? 'schedule' : 'save',
    createdAt: JOINED,
    sendTime: isPlanned ? SLOT : null,
    listId: AUDIENCE,
    segmentId: null,
    settings: {
      subject_line: `Campaign of job ${index}`,
      preview_text: '',
      title: `Job ${index}`,
      from_name: 'Practice',
      reply_to: 'hello@example.com',
    },
    html: '<p>It is time for your check-up.</p>',
    plainText: '',
    emailsSent: 0,
  }
}
