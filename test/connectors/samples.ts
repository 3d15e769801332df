import type { HubSpotState } from '../../connectors/hubspot/sandbox-seed.ts'
import { MAILCHIMP_SEED, type MailchimpState } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { Input } from '../../core/ports/kind.ts'

const { listId, campaignId } = MAILCHIMP_SEED

export type Sample = {
  readonly id: string
  readonly input: Input
  /** An input with one field wrong, and the path that must be named. */
  readonly wrong: readonly [Input, string]
  readonly title: string
  readonly done: string
  /** The request that has the effect. */
  readonly effect: readonly [method: string, path: string]
  /** What the stand-in counts. */
  readonly counted: string
  readonly people: number
  readonly reference: string | null
  /** Brings a stand-in to where the action makes sense. */
  readonly prepare?: (state: { hubspot: HubSpotState; mailchimp: MailchimpState }) => void
  /** Whether the look-up can tell at all. */
  readonly canLookUp: boolean
}

export const SLOT = '2026-03-02T09:15:00Z'

/** One row a kind: every kind goes through the same contract. */
export const SAMPLES: readonly Sample[] = [
  {
    id: 'hubspot.contact.create',
    input: {
      email: 'new-patient@example.com',
      firstName: 'New',
      lastName: 'Patient',
      properties: { city: 'Springfield' },
    },
    wrong: [{ email: 'nobody' }, 'email'],
    title: '‘New Patient’ (new-patient@example.com) is added to your HubSpot contacts',
    done: '‘New Patient’ (new-patient@example.com) was added to your HubSpot contacts',
    effect: ['POST', '/crm/v3/objects/contacts'],
    counted: 'contact.create new-patient@example.com',
    people: 1,
    reference: '9001',
    canLookUp: true,
  },
  {
    id: 'hubspot.contact.update',
    input: { contactId: '101', phone: '+1 555 0199', firstName: '', properties: { recall_due: '2026-04-01' } },
    wrong: [{ contactId: '101', properties: { lifecyclestage: 'lead' } }, 'properties.lifecyclestage'],
    title: 'a contact gets a new recall due, first name and phone',
    done: 'a contact got a new recall due, first name and phone',
    effect: ['PATCH', '/crm/v3/objects/contacts/101'],
    counted: 'contact.update 101',
    people: 1,
    reference: '101',
    canLookUp: true,
  },
  {
    id: 'hubspot.contact.set_stage',
    input: { contactId: '101', stage: 'customer' },
    wrong: [{ contactId: '101', stage: 'friend' }, 'stage'],
    title: 'a contact moves to the stage ‘Customer’',
    done: 'a contact moved to the stage ‘Customer’',
    effect: ['PATCH', '/crm/v3/objects/contacts/101'],
    counted: 'contact.update 101',
    people: 1,
    reference: '101',
    canLookUp: true,
  },
  {
    id: 'hubspot.note.create',
    input: { contactId: '102', body: 'Prefers <b>morning</b> appointments' },
    wrong: [{ contactId: '102', body: '' }, 'body'],
    title: 'a contact gets a note for your team',
    done: 'a contact got a note for your team',
    effect: ['POST', '/crm/v3/objects/notes'],
    counted: 'notes.create 102',
    people: 1,
    reference: '9001',
    canLookUp: true,
  },
  {
    id: 'hubspot.task.create',
    input: { contactId: '102', subject: 'Call about the check-up', dueAt: SLOT, priority: 'HIGH', body: 'Before noon' },
    wrong: [{ contactId: '102', subject: 'Call', dueAt: 'tomorrow' }, 'dueAt'],
    title: 'your team gets the task ‘Call about the check-up’',
    done: 'your team got the task ‘Call about the check-up’',
    effect: ['POST', '/crm/v3/objects/tasks'],
    counted: 'tasks.create 102',
    people: 1,
    reference: '9001',
    canLookUp: true,
  },
  {
    id: 'hubspot.list.add',
    input: { listId: '11', contactIds: ['105', '106', '107'] },
    wrong: [{ listId: '11', contactIds: ['105', '105'] }, 'contactIds'],
    title: '3 contacts are added to a list',
    done: '3 contacts were added to a list',
    effect: ['PUT', '/crm/v3/lists/11/memberships/add'],
    counted: 'list.add 11',
    people: 3,
    reference: '11',
    canLookUp: true,
  },
  {
    id: 'hubspot.list.remove',
    input: { listId: '11', contactIds: ['104', '105', '106'] },
    wrong: [{ listId: '11', contactIds: [] }, 'contactIds'],
    title: '3 contacts are taken off a list',
    done: '3 contacts were taken off a list',
    effect: ['PUT', '/crm/v3/lists/11/memberships/remove'],
    counted: 'list.remove 11',
    people: 3,
    reference: '11',
    canLookUp: true,
  },
  {
    id: 'mailchimp.member.upsert',
    input: { listId, email: 'patient-0007@example.com', status: 'unsubscribed', firstName: 'Seven' },
    wrong: [{ listId, email: 'patient-0007@example.com', status: 'pending' }, 'status'],
    title: 'patient-0007@example.com is unsubscribed from your audience',
    done: 'patient-0007@example.com was unsubscribed from your audience',
    effect: ['PUT', `/3.0/lists/${listId}/members/875b805efd7c8c8a6314c1f646867061`],
    counted: 'member.put patient-0007@example.com',
    people: 1,
    reference: null,
    canLookUp: true,
  },
  {
    id: 'mailchimp.member.tag',
    input: { listId, email: 'patient-0035@example.com', add: ['Recall due', 'Whitening'], remove: ['Family', 'VIP'] },
    wrong: [{ listId, email: 'patient-0035@example.com', add: [''] }, 'add.0'],
    title: 'patient-0035@example.com gets the tags ‘Recall due’ and ‘Whitening’ and loses the tags ‘Family’ and ‘VIP’',
    done: 'patient-0035@example.com got the tags ‘Recall due’ and ‘Whitening’ and lost the tags ‘Family’ and ‘VIP’',
    effect: ['POST', '/tags'],
    counted: 'member.tag patient-0035@example.com',
    people: 1,
    reference: 'patient-0035@example.com',
    canLookUp: true,
  },
  {
    id: 'mailchimp.campaign.create',
    input: {
      listId,
      segmentId: MAILCHIMP_SEED.recallSegmentId,
      subject: 'Time for your check-up',
      previewText: 'Choose your appointment',
      fromName: 'Your dental practice',
      replyTo: 'hello@example.com',
    },
    wrong: [{ listId, subject: '', fromName: 'A', replyTo: 'hello@example.com' }, 'subject'],
    title: 'a campaign ‘Time for your check-up’ is drafted; nothing is sent',
    done: 'a campaign ‘Time for your check-up’ was drafted; nothing was sent',
    effect: ['POST', '/3.0/campaigns'],
    counted: 'campaign.create Time for your check-up',
    people: 0,
    reference: null,
    canLookUp: true,
  },
  {
    id: 'mailchimp.campaign.set_content',
    input: { campaignId, html: '<p>We have <b>new</b> opening hours.</p>' },
    wrong: [{ campaignId, html: '' }, 'html'],
    title: 'the draft of your campaign gets a new text of 5 words; nothing is sent',
    done: 'the draft of your campaign got a new text of 5 words; nothing was sent',
    effect: ['PUT', `/3.0/campaigns/${campaignId}/content`],
    counted: `campaign.content ${campaignId}`,
    people: 0,
    reference: campaignId,
    canLookUp: true,
  },
  {
    id: 'mailchimp.campaign.send_test',
    input: { campaignId, emails: ['front-desk@example.com'] },
    wrong: [{ campaignId, emails: ['front-desk'] }, 'emails.0'],
    title: 'a test of your campaign goes to 1 person',
    done: 'a test of your campaign went to 1 person',
    effect: ['POST', `/3.0/campaigns/${campaignId}/actions/test`],
    counted: `campaign.test ${campaignId}`,
    people: 1,
    reference: campaignId,
    canLookUp: false,
  },
  {
    id: 'mailchimp.campaign.schedule',
    input: { campaignId, scheduleTime: SLOT },
    wrong: [{ campaignId, scheduleTime: 'on Monday' }, 'scheduleTime'],
    title: 'your campaign goes to its audience',
    done: 'your campaign went to its audience',
    effect: ['POST', `/3.0/campaigns/${campaignId}/actions/send`],
    counted: `campaign.send ${campaignId}`,
    people: 1,
    reference: campaignId,
    canLookUp: true,
  },
  {
    id: 'mailchimp.campaign.unschedule',
    input: { campaignId },
    wrong: [{ campaignId: 'not/an/id' }, 'campaignId'],
    title: 'your scheduled campaign becomes a draft again and does not go out',
    done: 'your scheduled campaign became a draft again and did not go out',
    effect: ['POST', `/3.0/campaigns/${campaignId}/actions/unschedule`],
    counted: `campaign.unschedule ${campaignId}`,
    people: 0,
    reference: campaignId,
    prepare: ({ mailchimp }) => {
      const campaign = mailchimp.campaigns[campaignId]
      if (campaign !== undefined) Object.assign(campaign, { status: 'schedule', sendTime: '2026-03-02T09:15:00.000Z' })
    },
    canLookUp: true,
  },
  {
    id: 'mailchimp.campaign.send',
    input: { campaignId },
    wrong: [{}, 'campaignId'],
    title: 'your campaign goes to its audience',
    done: 'your campaign went to its audience',
    effect: ['POST', `/3.0/campaigns/${campaignId}/actions/send`],
    counted: `campaign.send ${campaignId}`,
    people: 1,
    reference: campaignId,
    canLookUp: true,
  },
]
