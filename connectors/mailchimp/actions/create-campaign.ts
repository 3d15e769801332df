import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { differences } from '../../define.ts'
import { orNull } from '../../http.ts'
import { quoted } from '../../words.ts'
import { isDraft, refused, standingOf } from '../campaign-fields.ts'
import type { CampaignSettings } from '../client.ts'
import { defineMailchimpKind } from '../connector.ts'
import { audienceIsThere, Email, ListId, listIdWords } from '../member-fields.ts'
import type { Campaign } from '../wire.ts'

const CampaignInput = z.strictObject({
  listId: ListId,
  segmentId: z.int().min(1).optional(),
  subject: z.string().min(1).max(150),
  previewText: z.string().max(150).optional(),
  fromName: z.string().min(1).max(100),
  replyTo: Email,
  title: z.string().min(1).max(100).optional(),
})
type CampaignInput = z.infer<typeof CampaignInput>

const Settings = z.strictObject({
  subject_line: z.string(),
  preview_text: z.string(),
  title: z.string(),
  from_name: z.string(),
  reply_to: z.string(),
})
type Settings = z.infer<typeof Settings>

/** Makes an unsent draft. Nobody sees it; the undo deletes it. */
export const createCampaign = defineMailchimpKind({
  id: 'mailchimp.campaign.create',
  title: 'Draft a campaign',
  category: 'email_campaign',
  channel: 'email',
  risk: 'low',
  effect: { repeat: 'unsafe', undo: 'exact', preparing: true },
  reachesPeople: false,
  scopes: [],
  timeoutMs: 20_000,
  settlesAfterMs: 150_000,
  authoritative: true,
  input: CampaignInput,
  fields: {
    listId: listIdWords,
    segmentId: { label: 'Segment', help: 'Number of a saved segment; the whole audience where empty', editable: false },
    subject: { label: 'Subject' },
    previewText: { label: 'Preview text' },
    fromName: { label: 'Sender' },
    replyTo: { label: 'Reply-to' },
    title: { label: 'Name in Mailchimp' },
  },
  /** The drafts that were there, to know ours from them after a lost answer. */
  before: z.strictObject({ drafts: z.array(z.string()) }),
  after: Settings,

  preview: (input) => ({
    title: `a campaign ${quoted(input.subject)} is drafted; nothing is sent`,
    done: `a campaign ${quoted(input.subject)} was drafted; nothing was sent`,
    lines: [
      { label: 'Subject', value: input.subject },
      ...(input.previewText === undefined ? [] : [{ label: 'Preview text', value: input.previewText }]),
      { label: 'Sender', value: input.fromName },
      { label: 'Reply-to', value: input.replyTo },
    ],
  }),
  people: () => 0,

  preflight: ({ listId }, mailchimp) => audienceIsThere(mailchimp, listId),

  async beforeState({ listId }, mailchimp) {
    const drafts = await mailchimp.draftsOf(listId)
    return drafts.ok ? ok({ drafts: drafts.value.map((draft) => draft.id) }) : drafts
  },

  async run(input, _before, mailchimp) {
    const made = await mailchimp.createCampaign(input.listId, input.segmentId, wanted(input))
    return made.ok ? ok(receiptOf(made.value)) : made
  },

  async lookUp(input, before, mailchimp) {
    const drafts = await mailchimp.draftsOf(input.listId)
    if (!drafts.ok) return drafts
    const ours = drafts.value.find((draft) => !before.drafts.includes(draft.id) && isFrom(input, draft))
    return ok(ours === undefined ? { found: false } : { found: true, receipt: receiptOf(ours) })
  },

  undo: {
    async changedSince(_input, _before, receipt, mailchimp) {
      const now = orNull(await mailchimp.getCampaign(receipt.reference))
      if (!now.ok) return now
      if (now.value === null) return ok([{ label: 'Draft', was: 'in Mailchimp', is: 'deleted' }])
      return ok(differences(LABELS, receipt.after, settingsOf(now.value)))
    },
    async run(_input, _before, receipt, mailchimp) {
      const now = await mailchimp.getCampaign(receipt.reference)
      if (!now.ok) return now
      // Deleting a campaign that went out would throw away its reports.
      if (!isDraft(now.value.status)) return refused(standingOf(now.value))
      const deleted = await mailchimp.deleteCampaign(receipt.reference)
      return deleted.ok ? ok({ after: null }) : deleted
    },
    async lookUp(_input, _before, receipt, mailchimp) {
      const now = orNull(await mailchimp.getCampaign(receipt.reference))
      return now.ok ? ok(now.value === null) : now
    },
  },
})

const LABELS: Readonly<Record<keyof Settings, string>> = {
  subject_line: 'Subject',
  preview_text: 'Preview text',
  title: 'Name in Mailchimp',
  from_name: 'Sender',
  reply_to: 'Reply-to',
}

function wanted(input: CampaignInput): CampaignSettings {
  return {
    subject_line: input.subject,
    ...(input.previewText !== undefined && { preview_text: input.previewText }),
    title: input.title ?? input.subject.slice(0, 100),
    from_name: input.fromName,
    reply_to: input.replyTo,
  }
}

function settingsOf({ settings }: Campaign): Settings {
  const { subject_line, preview_text, title, from_name, reply_to } = settings
  return { subject_line, preview_text, title, from_name, reply_to }
}

function isFrom(input: CampaignInput, draft: Campaign): boolean {
  const settings: CampaignSettings = wanted(input)
  return differences(LABELS, { preview_text: '', ...settings }, settingsOf(draft)).length === 0
}

const receiptOf = (campaign: Campaign) => ({
  reference: campaign.id,
  after: settingsOf(campaign),
  ...(campaign.archive_url && { openUrl: campaign.archive_url }),
})
