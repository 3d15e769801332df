import { z } from 'zod'
import { err, ok, type Result } from '../../core/domain/result.ts'
import type { PlatformError } from '../../core/ports/platform.ts'
import type { Answer } from '../define.ts'
import type { FieldWords } from '../fields.ts'
import { orNull } from '../http.ts'
import { instant } from '../words.ts'
import type { Mailchimp } from './client.ts'
import { CampaignStatus, type Campaign } from './wire.ts'

export const CampaignId = z.string().regex(/^[0-9a-z]{4,20}$/, 'must be the id of a Mailchimp campaign')

export const campaignIdWords: FieldWords = {
  label: 'Campaign',
  help: 'Id of the campaign in Mailchimp',
  editable: false,
}

/** Where a campaign stands, and when it goes or went out. What earlier versions kept besides is passed over. */
export const Standing = z.object({ status: CampaignStatus, sendTime: z.string().nullable() })
export type Standing = z.infer<typeof Standing>

export const standingOf = (campaign: Campaign): Standing => ({
  status: campaign.status,
  sendTime: campaign.send_time,
})

export async function standingNow(
  { campaignId }: { readonly campaignId: string },
  mailchimp: Mailchimp,
): Answer<Standing> {
  const campaign = await mailchimp.getCampaign(campaignId)
  return campaign.ok ? ok(standingOf(campaign.value)) : campaign
}

/** A draft that may be changed, sent or scheduled. */
export const isDraft = (status: CampaignStatus): boolean => status === 'save' || status === 'paused'

/** On its way or gone: nothing brings it back. */
export const hasGone = (status: CampaignStatus): boolean =>
  status === 'sending' || status === 'sent' || status === 'canceling' || status === 'canceled'

const WORDS: Readonly<Record<CampaignStatus, string>> = {
  save: 'is a draft',
  paused: 'is paused',
  schedule: 'is scheduled',
  sending: 'is being sent',
  sent: 'has been sent',
  canceling: 'is being cancelled',
  canceled: 'was cancelled while it was being sent',
  archived: 'is archived',
}

/** "The campaign is scheduled for Mar 3, 2026, 9:15 AM UTC." */
export function standingWords({ status, sendTime }: Standing): string {
  const when = status === 'schedule' && sendTime !== null ? ` for ${instant(sendTime)}` : ''
  return `The campaign ${WORDS[status]}${when}.`
}

/** Our own refusal, before anything was sent. */
export const refused = (standing: Standing): Result<never, PlatformError> =>
  err({ kind: 'rejected', status: 409, providerCode: null, says: standingWords(standing) })

/** The campaign, or what to tell when it is gone. */
export async function campaignOrProblem(
  mailchimp: Mailchimp,
  campaignId: string,
): Answer<{ readonly campaign: Campaign } | { readonly problem: string }> {
  const campaign = orNull(await mailchimp.getCampaign(campaignId))
  if (!campaign.ok) return campaign
  if (campaign.value === null) return ok({ problem: 'This campaign is no longer in Mailchimp.' })
  return ok({ campaign: campaign.value })
}

/** Stands in the way of changing a campaign that is no draft any more. */
export async function draftIsThere(
  { campaignId }: { readonly campaignId: string },
  mailchimp: Mailchimp,
): Answer<readonly string[]> {
  const found = await campaignOrProblem(mailchimp, campaignId)
  if (!found.ok) return found
  if ('problem' in found.value) return ok([found.value.problem])
  const standing = standingOf(found.value.campaign)
  return ok(isDraft(standing.status) ? [] : [standingWords(standing)])
}
