import { createHash } from 'node:crypto'

/** The state of a stand-in Mailchimp account: plain data, read and changed by tests directly. */
export type MailchimpState = {
  lists: Record<string, SandboxAudience>
  campaigns: Record<string, SandboxCampaign>
  /** Test mails that were sent, oldest first. */
  tests: { campaignId: string; emails: string[] }[]
}

export type SandboxAudience = {
  id: string
  name: string
  /** By the MD5 of the lower-case address. */
  members: Record<string, SandboxMember>
  /** Saved segments: everybody with a tag, or (static) everybody who was named. */
  segments: Record<string, SandboxSegment>
}

export type SandboxSegment = { id: number; name: string; tag: string | null; emails?: string[] }

export type SandboxMember = {
  email: string
  status: 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | 'archived'
  /** They left by themselves: only they can come back. */
  inCompliance: boolean
  fields: Record<string, string | number>
  tags: string[]
  /** When they signed up; absent: nobody knows. */
  optedInAt?: string
  changedAt?: string
}

export type SandboxCampaign = {
  id: string
  webId: number
  type: 'regular'
  status: 'save' | 'schedule' | 'sending' | 'sent'
  createdAt: string
  /** Planned while scheduled, actual once it went. */
  sendTime: string | null
  listId: string
  segmentId: number | null
  settings: { subject_line: string; preview_text: string; title: string; from_name: string; reply_to: string }
  html: string
  plainText: string
  /** Fixed when it went. */
  emailsSent: number
}

/** What demonstrations and tests may rely on. */
export const MAILCHIMP_SEED = {
  listId: '8f2c61d0ab',
  recallSegmentId: 3101,
  campaignId: 'a1b2c3d4e5',
  members: 1200,
} as const

export const SPRING_HTML = `<!doctype html><html><head><title>Spring check-ups</title></head><body>
<h1>Spring check-ups</h1>
<p>Dear *|FNAME|*,</p>
<p>It is time for your half-yearly check-up. In March and April we have kept early and late appointments free, so that
you can come before or after work.</p>
<p><a href="https://example.com/appointments">Choose your appointment</a></p>
<p>See you soon,<br>your dental practice</p>
<p><a href="*|UNSUB|*">Unsubscribe</a></p>
</body></html>`

const SEEDED_AT = '2026-01-05T08:00:00+00:00'

export const hashOf = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex')

const SINCE = { optedInAt: SEEDED_AT, changedAt: SEEDED_AT }

function tagsOf(number: number): string[] {
  const tags: string[] = []
  if (number % 5 === 0) tags.push('Recall due')
  if (number % 7 === 0) tags.push('Family')
  if (number % 50 === 0) tags.push('New patient')
  return tags
}

/** A dental practice's audience of 1,200 subscribed people, a few who left, one saved segment and one finished draft. */
export function seedMailchimp(): MailchimpState {
  const members: Record<string, SandboxMember> = {}
  const add = (number: number, status: SandboxMember['status']) => {
    const email = `patient-${String(number).padStart(4, '0')}@example.com`
    const fields = { FNAME: 'Patient', LNAME: String(number) }
    members[hashOf(email)] = {
      email,
      status,
      inCompliance: status !== 'subscribed',
      fields,
      tags: tagsOf(number),
      ...SINCE,
    }
  }
  for (let number = 1; number <= MAILCHIMP_SEED.members; number += 1) add(number, 'subscribed')
  for (let number = 1201; number <= 1212; number += 1) add(number, 'unsubscribed')
  for (let number = 1213; number <= 1215; number += 1) add(number, 'cleaned')
  const { listId, recallSegmentId, campaignId } = MAILCHIMP_SEED
  return {
    lists: {
      [listId]: {
        id: listId,
        name: 'Patients',
        members,
        segments: { [recallSegmentId]: { id: recallSegmentId, name: 'Recall due', tag: 'Recall due' } },
      },
    },
    campaigns: {
      [campaignId]: {
        id: campaignId,
        webId: 700001,
        type: 'regular',
        status: 'save',
        createdAt: SEEDED_AT,
        sendTime: null,
        listId,
        segmentId: null,
        settings: {
          subject_line: 'Spring check-ups',
          preview_text: 'Early and late appointments in March and April',
          title: 'Spring check-ups',
          from_name: 'Your dental practice',
          reply_to: 'hello@example.com',
        },
        html: SPRING_HTML,
        plainText: '',
        emailsSent: 0,
      },
    },
    tests: [],
  }
}
