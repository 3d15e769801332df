import { z } from 'zod'
import { CampaignId, campaignIdWords } from '../campaign-fields.ts'
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
})
