import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import {
  CampaignId,
  campaignIdWords,
  campaignOrProblem,
  isDraft,
  refused,
  Standing,
  standingNow,
  standingOf,
  standingWords,
} from '../campaign-fields.ts'
import { defineMailchimpKind } from '../connector.ts'

/**
 * Takes a send that somebody planned in Mailchimp back to draft. Planning it there again would send it without a look at
 * who withdrew since, so there is no undo: who wants it after all proposes to schedule it.
 */
export const unscheduleCampaign = defineMailchimpKind({
  id: 'mailchimp.campaign.unschedule',
  title: 'Take a campaign off the schedule',
  category: 'email_campaign',
  channel: 'email',
  risk: 'low',
  effect: { repeat: 'safe', undo: 'none' },
  reachesPeople: false,
  scopes: [],
  timeoutMs: 20_000,
  settlesAfterMs: 150_000,
  authoritative: true,
  input: z.strictObject({ campaignId: CampaignId }),
  fields: { campaignId: campaignIdWords },
  before: Standing,
  after: Standing,

  preview: ({ campaignId }) => ({
    title: 'your scheduled campaign becomes a draft again and does not go out',
    done: 'your scheduled campaign became a draft again and did not go out',
    lines: [{ label: 'Campaign', value: campaignId }],
  }),
  people: () => 0,

  async preflight({ campaignId }, mailchimp) {
    const found = await campaignOrProblem(mailchimp, campaignId)
    if (!found.ok) return found
    if ('problem' in found.value) return ok([found.value.problem])
    const standing = standingOf(found.value.campaign)
    return ok(standing.status === 'schedule' ? [] : [standingWords(standing)])
  },

  beforeState: standingNow,

  async run({ campaignId }, before, mailchimp) {
    const now = await standingNow({ campaignId }, mailchimp)
    if (!now.ok) return now
    const receipt = { reference: campaignId, after: { status: 'save', sendTime: null } satisfies Standing }
    if (isDraft(now.value.status) && before.status === 'schedule') return ok(receipt)
    if (now.value.status !== 'schedule') return refused(now.value)
    const taken = await mailchimp.unschedule(campaignId)
    return taken.ok ? ok(receipt) : taken
  },

  async lookUp({ campaignId }, _before, mailchimp) {
    const now = await standingNow({ campaignId }, mailchimp)
    if (!now.ok) return now
    if (!isDraft(now.value.status)) return ok({ found: false })
    return ok({ found: true, receipt: { reference: campaignId, after: now.value } })
  },
})
