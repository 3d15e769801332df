import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { CampaignId, campaignIdWords, standingNow } from '../campaign-fields.ts'
import { defineMailchimpKind } from '../connector.ts'
import { sending } from '../sending.ts'

/**
 * Sends a campaign at a time. It is not planned in Mailchimp, which would send it by its own clock whatever was stopped or
 * withdrawn since: the gate holds it until then, and looks at everything once more as it sends.
 */
export const scheduleCampaign = defineMailchimpKind({
  ...sending,
  id: 'mailchimp.campaign.schedule',
  title: 'Schedule a campaign',
  input: z.strictObject({ campaignId: CampaignId, scheduleTime: z.iso.datetime({ offset: true }) }),
  fields: { campaignId: campaignIdWords, scheduleTime: { label: 'Goes out at' } },

  plannedAt: ({ scheduleTime }) => new Date(scheduleTime),

  async lookUp(input, before, mailchimp) {
    const found = await sending.lookUp(input, before, mailchimp)
    if (!found.ok || found.value.found) return found
    // An earlier version planned it in Mailchimp, and its answer was lost: then Mailchimp sends it.
    const now = await standingNow(input, mailchimp)
    if (!now.ok) return now
    const isPlanned =
      now.value.status === 'schedule' && Date.parse(now.value.sendTime ?? '') === Date.parse(input.scheduleTime)
    return ok(
      isPlanned ? { found: true, receipt: { reference: input.campaignId, after: now.value } } : { found: false },
    )
  },
})
