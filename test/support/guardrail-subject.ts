import type { Place, Subject } from '../../core/rules/guardrails/guardrail.ts'

/** A newsletter to 24 people at ten in the morning, with nothing wrong about it. */
export const subject = (given: Partial<Subject> = {}): Subject => ({
  kindId: 'mailchimp.campaign.send',
  kindTitle: 'Send a newsletter',
  channel: 'email',
  reachesPeople: true,
  amountMinor: 0,
  people: 24,
  texts: ['Whitening week'],
  question: null,
  plannedAt: new Date('2026-03-04T17:00:00Z'),
  ...given,
})

export const place: Place = { zone: 'America/Denver', locale: 'en-US', currency: 'USD' }
