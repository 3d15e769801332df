import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { type Answer, same } from '../../define.ts'
import { counted, excerpt, plainText } from '../../words.ts'
import { CampaignId, campaignIdWords, draftIsThere } from '../campaign-fields.ts'
import type { Mailchimp } from '../client.ts'
import { defineMailchimpKind } from '../connector.ts'

const Text = z.strictObject({ html: z.string(), plainText: z.string() })
type Text = z.infer<typeof Text>

/** Sets the text of a draft; the undo writes the former text back. */
export const setCampaignContent = defineMailchimpKind({
  id: 'mailchimp.campaign.set_content',
  title: 'Write the text of a campaign',
  category: 'email_campaign',
  channel: 'email',
  risk: 'low',
  effect: { repeat: 'safe', undo: 'exact', preparing: true },
  reachesPeople: false,
  scopes: [],
  timeoutMs: 20_000,
  settlesAfterMs: 150_000,
  authoritative: true,
  input: z.strictObject({
    campaignId: CampaignId,
    html: z.string().min(1).max(500_000),
    plainText: z.string().max(500_000).optional(),
  }),
  fields: {
    campaignId: campaignIdWords,
    html: { label: 'Text of the e-mail', long: true },
    plainText: { label: 'Text without formatting', help: 'Made from the other text where empty', long: true },
  },
  before: Text,
  after: Text,

  preview({ html }) {
    const text = plainText(html)
    const words = counted(text.split(' ').filter(Boolean).length, 'word', 'words')
    return {
      title: `the draft of your campaign gets a new text of ${words}; nothing is sent`,
      done: `the draft of your campaign got a new text of ${words}; nothing was sent`,
      lines: [{ label: 'Text', value: excerpt(text, 2000) }],
    }
  },
  people: () => 0,

  preflight: draftIsThere,
  beforeState: ({ campaignId }, mailchimp) => current(mailchimp, campaignId),

  async run({ campaignId, html, plainText: plain }, _before, mailchimp) {
    const put = await mailchimp.setContent(campaignId, { html, ...(plain !== undefined && { plain_text: plain }) })
    return put.ok
      ? ok({ reference: campaignId, after: { html: put.value.html, plainText: put.value.plain_text } })
      : put
  },

  async lookUp({ campaignId, html, plainText: plain }, _before, mailchimp) {
    const now = await current(mailchimp, campaignId)
    if (!now.ok) return now
    const isOurs = now.value.html === html && (plain === undefined || now.value.plainText === plain)
    return ok(isOurs ? { found: true, receipt: { reference: campaignId, after: now.value } } : { found: false })
  },

  undo: {
    async changedSince({ campaignId }, _before, receipt, mailchimp) {
      const now = await current(mailchimp, campaignId)
      if (!now.ok) return now
      if (same(now.value, receipt.after)) return ok([])
      return ok([{ label: 'Text', was: opening(receipt.after), is: opening(now.value) }])
    },
    async run({ campaignId }, before, _receipt, mailchimp) {
      const put = await mailchimp.setContent(campaignId, { html: before.html, plain_text: before.plainText })
      return put.ok ? ok({ after: before }) : put
    },
    async lookUp({ campaignId }, before, _receipt, mailchimp) {
      const now = await current(mailchimp, campaignId)
      return now.ok ? ok(same(now.value, before)) : now
    },
  },
})

const opening = ({ html, plainText: plain }: Text): string => excerpt(html === '' ? plain : plainText(html), 160)

async function current(mailchimp: Mailchimp, campaignId: string): Answer<Text> {
  const content = await mailchimp.getContent(campaignId)
  return content.ok ? ok({ html: content.value.html, plainText: content.value.plain_text }) : content
}
