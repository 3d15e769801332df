import type { Json } from '../../core/domain/canonical.ts'
import { err, ok, type Result } from '../../core/domain/result.ts'
import type { Call, Recipient } from '../../core/ports/kind.ts'
import type { PlatformError } from '../../core/ports/platform.ts'
import type { Answer } from '../define.ts'
import { orNull } from '../http.ts'
import type { Mailchimp } from './client.ts'
import { isWhole, savedSegmentOf } from './recipients.ts'
import type { Campaign } from './wire.ts'

/** Whom a campaign is for. */
type Aim = { readonly listId: string; readonly segment: Json }

const aimOf = ({ recipients }: Campaign): Aim => ({
  listId: recipients.list_id,
  segment: recipients.segment_opts ?? null,
})

const MADE = 'Tenure act_'
const segmentName = (key: string): string => `Tenure ${key}`

/**
 * Points a draft at a segment made for this action with these people and nobody else: who joins the audience from now on
 * is not in it. The segment is named for the action, so that a second try fills the first one's.
 */
async function aimAtOnly(
  mailchimp: Mailchimp,
  campaign: Campaign,
  key: string,
  only: readonly Recipient[],
): Answer<undefined> {
  const { list_id: listId } = campaign.recipients
  const emails = only.flatMap(({ identifiers }) => identifiers.map(({ value }) => value))
  const known = await mailchimp.findSegment(listId, segmentName(key))
  if (!known.ok) return known
  const segment =
    known.value === null
      ? await mailchimp.createSegment(listId, segmentName(key), emails)
      : await mailchimp.fillSegment(listId, known.value, emails)
  if (!segment.ok) return segment
  const aimed = await mailchimp.aimCampaign(campaign, listId, { saved_segment_id: segment.value.id, match: 'any' })
  if (!aimed.ok) return aimed
  const { segment_opts: now = null, recipient_count: count } = aimed.value.recipients
  // Whatever Mailchimp made of it: it must not reach more than those who were looked at.
  const isSafe = savedSegmentOf(now) === segment.value.id && count <= only.length
  return isSafe ? ok(undefined) : err({ kind: 'unexpected_answer', where: 'campaign: recipients' })
}

/**
 * Sends, to `only` where it is given. What fails on the way there is no doubt whether the mail went out: it did
 * not, and the campaign is for everybody again.
 */
export async function toThemAlone<T>(
  mailchimp: Mailchimp,
  campaign: Campaign,
  { key, only }: Call,
  send: () => Answer<T>,
): Answer<T> {
  if (only === undefined) return await send()
  const aimed = await aimAtOnly(mailchimp, campaign, key, only)
  const sent: Result<T, PlatformError> = aimed.ok ? await send() : notSent(aimed.error)
  if (sent.ok || sent.error.kind === 'outcome_unknown') return sent
  // If this fails too, the next look finds another audience than was approved, and asks.
  await aimBack(mailchimp, campaign.id, aimOf(campaign))
  return sent
}

const notSent = (failure: PlatformError): Result<never, PlatformError> =>
  err(failure.kind === 'outcome_unknown' ? { kind: 'unavailable' } : failure)

/** Points a draft that goes to a segment of ours back at whom it was for, and clears that segment away. */
async function aimBack(mailchimp: Mailchimp, campaignId: string, was: Aim): Answer<undefined> {
  const campaign = await mailchimp.getCampaign(campaignId)
  if (!campaign.ok) return campaign
  const id = savedSegmentOf(campaign.value.recipients.segment_opts ?? null)
  if (id === null) return ok(undefined)
  const segment = orNull(await mailchimp.getSegment(was.listId, id))
  if (!segment.ok) return segment
  // Somebody chose another audience since: that is theirs.
  if (segment.value === null || !segment.value.name.startsWith(MADE)) return ok(undefined)
  const whom = isWhole(was.segment) ? { match: 'any', conditions: [] } : was.segment
  const back = await mailchimp.aimCampaign(campaign.value, was.listId, whom)
  if (!back.ok) return back
  const gone = orNull(await mailchimp.deleteSegment(was.listId, id))
  return gone.ok ? ok(undefined) : gone
}
