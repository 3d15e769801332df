import { z } from 'zod'
import { err, ok } from '../../../core/domain/result.ts'
import { halfDone } from '../../http.ts'
import { instant } from '../../words.ts'
import { audienceName, campaignFacts, campaignSentence, factLines, readyToGo } from '../campaign-facts.ts'
import {
  BeforeSending,
  beforeSending,
  CampaignId,
  campaignIdWords,
  hasGone,
  isDraft,
  refused,
  sameInstant,
  Standing,
  standingDifferences,
  standingNow,
  standingOf,
} from '../campaign-fields.ts'
import { defineMailchimpKind } from '../connector.ts'
import { aimBack, toThemAlone } from '../leave-out.ts'
import { campaignRecipients } from '../recipients.ts'

/** Mailchimp sends on the quarter hour only; what is no time at all has a problem of its own. */
const isQuarter = (iso: string): boolean => !(Date.parse(iso) % 900_000)

/** For three looks after a lost answer, and for Mailchimp to make the segment of those who may be reached. */
const LEAD_MS = 600_000

/**
 * Plans a send in Mailchimp, ten minutes before it goes: whom it may reach is decided then. Repeating it is safe because the status is read first. The undo takes the plan back as
 * long as nothing went out; afterwards it cannot, so it counts no higher than a send.
 */
export const scheduleCampaign = defineMailchimpKind({
  id: 'mailchimp.campaign.schedule',
  title: 'Schedule a campaign',
  category: 'email_campaign',
  channel: 'email',
  risk: 'medium',
  effect: { repeat: 'safe', undo: 'compensating' },
  reachesPeople: true,
  scopes: [],
  timeoutMs: 20_000,
  settlesAfterMs: 150_000,
  authoritative: true,
  input: z.strictObject({
    campaignId: CampaignId,
    scheduleTime: z.iso
      .datetime({ offset: true })
      .refine(isQuarter, 'must be on a quarter hour (:00, :15, :30 or :45), as Mailchimp sends'),
  }),
  fields: { campaignId: campaignIdWords, scheduleTime: { label: 'Goes out at' } },
  before: BeforeSending,
  after: Standing,

  preview: ({ scheduleTime }, facts) => ({
    title: campaignSentence(facts, 'goes', ` on ${instant(scheduleTime)}`),
    done: campaignSentence(facts, 'is set to go', ` on ${instant(scheduleTime)}`),
    lines: [{ label: 'Goes out at', value: instant(scheduleTime) }, ...factLines(facts)],
    ...(facts?.openUrl !== undefined && { openUrl: facts.openUrl }),
  }),

  effectAt: ({ scheduleTime }) => new Date(scheduleTime),
  leadMs: LEAD_MS,
  readFacts: campaignFacts,
  campaign: ({ campaignId }) => campaignId,
  audience: (_input, facts) => audienceName(facts),
  preflight: readyToGo,
  beforeState: beforeSending,
  recipients: campaignRecipients,
  leavesOut: true,

  async run({ campaignId, scheduleTime }, _before, mailchimp, call) {
    const campaign = await mailchimp.getCampaign(campaignId)
    if (!campaign.ok) return campaign
    const now = standingOf(campaign.value)
    const planned: Standing = { status: 'schedule', sendTime: new Date(scheduleTime).toISOString() }
    const receipt = { reference: campaignId, after: planned }
    if (now.status === 'schedule' && sameInstant(now.sendTime, scheduleTime)) return ok(receipt)
    if (!isDraft(now.status)) return refused(now)
    const sent = await toThemAlone(mailchimp, campaign.value, call, () => mailchimp.schedule(campaignId, scheduleTime))
    return sent.ok ? ok(receipt) : sent
  },

  async lookUp({ campaignId, scheduleTime }, before, mailchimp) {
    const now = await standingNow({ campaignId }, mailchimp)
    if (!now.ok) return now
    const isPlanned = now.value.status === 'schedule' && sameInstant(now.value.sendTime, scheduleTime)
    const wentSince = hasGone(now.value.status) && !hasGone(before.status)
    return ok(
      isPlanned || wentSince ? { found: true, receipt: { reference: campaignId, after: now.value } } : { found: false },
    )
  },

  undo: {
    async changedSince({ campaignId }, _before, receipt, mailchimp) {
      const now = await standingNow({ campaignId }, mailchimp)
      return now.ok ? ok(standingDifferences(receipt.after, now.value)) : now
    },
    async run({ campaignId }, before, _receipt, mailchimp) {
      const now = await standingNow({ campaignId }, mailchimp)
      if (!now.ok) return now
      const after = { status: before.status, sendTime: before.sendTime }
      if (!isDraft(now.value.status)) {
        if (now.value.status !== 'schedule') return refused(now.value)
        const taken = await mailchimp.unschedule(campaignId)
        if (!taken.ok) return err(taken.error)
      }
      const back = await aimBack(mailchimp, campaignId, before.audience)
      return back.ok ? ok({ after }) : err(halfDone(back.error))
    },
    async lookUp({ campaignId }, _before, _receipt, mailchimp) {
      const now = await standingNow({ campaignId }, mailchimp)
      return now.ok ? ok(isDraft(now.value.status)) : now
    },
  },

  sendTest: ({ campaignId }, email, mailchimp) => mailchimp.sendTest(campaignId, [email]),
})
