import { z } from 'zod'
import { CampaignId, campaignIdWords } from '../campaign-fields.ts'
import { defineMailchimpKind } from '../connector.ts'
import { sending } from '../sending.ts'

/** Sends a campaign now. */
export const sendCampaign = defineMailchimpKind({
  ...sending,
  id: 'mailchimp.campaign.send',
  title: 'Send a campaign',
  input: z.strictObject({ campaignId: CampaignId }),
  fields: { campaignId: campaignIdWords },
})
