import type { z } from 'zod'
import { ok } from '../../core/domain/result.ts'
import { audienceName, campaignFacts, campaignSentence, factLines, readyToGo } from './campaign-facts.ts'
import { type CampaignId, hasGone, isDraft, refused, Standing, standingNow, standingOf } from './campaign-fields.ts'
import type { KindSpec } from '../define.ts'
import type { Mailchimp } from './client.ts'
import { toThemAlone } from './leave-out.ts'
import { campaignRecipients } from './recipients.ts'

type Sends = KindSpec<Mailchimp, z.ZodObject<{ campaignId: typeof CampaignId }>, Standing, Standing>
type Sending = Omit<Sends, 'id' | 'title' | 'input' | 'fields' | 'undo'>

/**
 * What every kind that sends a campaign does. Nothing brings mail back, so it is held before the effect and has no undo
 * after it; the status says for certain whether it went, and a second send is refused by us and by Mailchimp.
 */
export const sending: Sending = {
  category: 'email_campaign',
  channel: 'email',
  risk: 'medium',
  effect: { repeat: 'unsafe', undo: 'held' },
  reachesPeople: true,
  scopes: [],
  timeoutMs: 20_000,
  settlesAfterMs: 150_000,
  authoritative: true,
  before: Standing,
  after: Standing,

  // When it goes is told beside it, in the zone of whoever reads it.
  preview: (_input, facts) => ({
    title: campaignSentence(facts, 'goes'),
    done: campaignSentence(facts, 'went'),
    lines: factLines(facts),
    ...(facts?.openUrl !== undefined && { openUrl: facts.openUrl }),
  }),

  readFacts: campaignFacts,
  campaign: ({ campaignId }) => campaignId,
  audience: (_input, facts) => audienceName(facts),
  preflight: readyToGo,
  beforeState: standingNow,
  recipients: campaignRecipients,
  leavesOut: true,

  async run({ campaignId }, _before, mailchimp, call) {
    const now = await mailchimp.getCampaign(campaignId)
    if (!now.ok) return now
    if (!isDraft(now.value.status)) return refused(standingOf(now.value))
    const sent = await toThemAlone(mailchimp, now.value, call, () => mailchimp.send(campaignId))
    const after: Standing = { status: 'sending', sendTime: null }
    return sent.ok ? ok({ reference: campaignId, after }) : sent
  },

  async lookUp({ campaignId }, before, mailchimp) {
    const now = await standingNow({ campaignId }, mailchimp)
    if (!now.ok) return now
    const wentSince = hasGone(now.value.status) && !hasGone(before.status)
    return ok(wentSince ? { found: true, receipt: { reference: campaignId, after: now.value } } : { found: false })
  },

  sendTest: ({ campaignId }, email, mailchimp) => mailchimp.sendTest(campaignId, [email]),
}
