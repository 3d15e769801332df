import type { Place, Subject } from '../../core/rules/guardrails/guardrail.ts'

/** A newsletter to 24 people at ten in the morning, with nothing wrong about it. */
export const subject = (given: Partial<Subject> = {}): Subject => ({
  kindId: 'mailchimp.campaign.send',
  kindTitle: 'Send a newsletter',
  platform: 'mailchimp',
  category: 'email_campaign',
  channel: 'email',
  preparing: false,
  reachesPeople: true,
  agentId: null,
  campaign: null,
  segment: null,
  regions: null,
  zones: null,
  amountMinor: 0,
  perDayMinor: null,
  change: null,
  people: 24,
  listSize: null,
  texts: ['Whitening week'],
  question: null,
  confidence: null,
  plannedAt: new Date('2026-03-04T17:00:00Z'),
  ...given,
})

export const place: Place = { zone: 'America/Denver', locale: 'en-US', currency: 'USD' }
