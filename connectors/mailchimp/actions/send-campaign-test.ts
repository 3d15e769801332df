import { z } from 'zod'
import { ok } from '../../../core/domain/result.ts'
import { people } from '../../words.ts'
import { CampaignId, campaignIdWords, draftIsThere } from '../campaign-fields.ts'
import { defineMailchimpKind } from '../connector.ts'
import { Email } from '../member-fields.ts'

/**
 * Sends a draft to a few named addresses. Mail cannot be taken back and Mailchimp keeps no list of tests, so nothing
 * can be undone or looked up; the addresses may be anybody's, so it counts as reaching people.
 */
export const sendCampaignTest = defineMailchimpKind({
  id: 'mailchimp.campaign.send_test',
  title: 'Send a test of a campaign',
  category: 'email_campaign',
  channel: 'email',
  risk: 'low',
  effect: { repeat: 'unsafe', undo: 'none' },
  reachesPeople: true,
  scopes: [],
  timeoutMs: 20_000,
  settlesAfterMs: 150_000,
  authoritative: false,
  input: z.strictObject({ campaignId: CampaignId, emails: z.array(Email).min(1).max(5) }),
  fields: { campaignId: campaignIdWords, emails: { label: 'Send the test to' } },
  before: z.null(),
  after: z.strictObject({ emails: z.array(z.string()) }),

  preview: ({ emails }) => ({
    title: `a test of your campaign goes to ${people(emails.length)}`,
    done: `a test of your campaign went to ${people(emails.length)}`,
    lines: [{ label: 'Send the test to', value: emails.join(', ') }],
  }),
  people: ({ emails }) => emails.length,

  recipients: async ({ emails }) =>
    ok({
      kind: 'read',
      recipients: emails.map((value) => ({ identifiers: [{ kind: 'email', value }], says: 'unknown', since: null })),
    }),
  preflight: draftIsThere,
  beforeState: async () => ok(null),

  async run({ campaignId, emails }, _before, mailchimp) {
    const sent = await mailchimp.sendTest(campaignId, emails)
    return sent.ok ? ok({ reference: campaignId, after: { emails } }) : sent
  },

  lookUp: async () => ok({ found: false }),
})
