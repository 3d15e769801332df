import { z } from 'zod'
import type { Json } from '../../core/domain/canonical.ts'
import { ok } from '../../core/domain/result.ts'
import type { Recipient, Recipients } from '../../core/ports/kind.ts'
import type { Answer } from '../define.ts'
import type { Mailchimp } from './client.ts'
import type { ListedMember, MemberStatus } from './wire.ts'

const Segment = z.looseObject({
  saved_segment_id: z.number().optional(),
  prebuilt_segment_id: z.string().optional(),
  conditions: z.array(z.unknown()).optional(),
})

/** Mailchimp writes "no segment" as nothing, as an empty object, or with an empty list of conditions. */
export function isWhole(segment: Json): boolean {
  const read = Segment.safeParse(segment ?? {})
  if (!read.success) return Array.isArray(segment) && segment.length === 0
  const { saved_segment_id = 0, prebuilt_segment_id = '', conditions = [] } = read.data
  return saved_segment_id === 0 && prebuilt_segment_id === '' && conditions.length === 0
}

/** The saved segment that a campaign goes to; null: it goes to something else. */
export function savedSegmentOf(segment: Json): number | null {
  const read = Segment.safeParse(segment ?? {})
  const id = read.success ? read.data.saved_segment_id : undefined
  return id === undefined || id === 0 ? null : id
}

/**
 * Everybody whom a campaign goes to. Of a whole audience also those who left it: that they withdrew is worth knowing on
 * every other way to them. A segment of conditions that was not saved has no list of people.
 */
export async function campaignRecipients(
  { campaignId }: { readonly campaignId: string },
  mailchimp: Mailchimp,
): Answer<Recipients> {
  const campaign = await mailchimp.getCampaign(campaignId)
  if (!campaign.ok) return campaign
  const { list_id: listId, segment_opts: segment = null } = campaign.value.recipients
  if (listId === '') return ok({ kind: 'unreadable', says: NO_AUDIENCE })
  const saved = savedSegmentOf(segment)
  if (saved === null && !isWhole(segment)) return ok({ kind: 'unreadable', says: NOT_SAVED })
  const members = saved === null ? await mailchimp.membersOf(listId) : await mailchimp.segmentMembers(listId, saved)
  return members.ok ? ok({ kind: 'read', recipients: members.value.map(recipientOf) }) : members
}

const NO_AUDIENCE = 'This campaign has no audience yet, so nobody’s consent can be checked. Choose one in Mailchimp.'
const NOT_SAVED =
  'Mailchimp does not list who this segment reaches, so consent cannot be checked. Save it as a segment, or choose the whole audience.'

const SAYS: Readonly<Record<MemberStatus, Recipient['says']>> = {
  subscribed: 'subscribed',
  unsubscribed: 'unsubscribed',
  cleaned: 'cleaned',
  // No campaign goes to any of these.
  pending: 'unsubscribed',
  transactional: 'unsubscribed',
  archived: 'unsubscribed',
}

/** A change of a name moves `last_changed` too: it dates a withdrawal, where later is safer, and never a consent. */
export function recipientOf({
  email_address,
  status,
  timestamp_opt,
  timestamp_signup,
  last_changed,
}: ListedMember): Recipient {
  const says = SAYS[status]
  const since = says === 'subscribed' ? (timestamp_opt ?? timestamp_signup) : last_changed
  return {
    identifiers: [{ kind: 'email', value: email_address }],
    says,
    since: since === null ? null : new Date(since),
  }
}
