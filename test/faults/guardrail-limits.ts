/** Amounts in cents. */
export type Caps = { readonly day: number; readonly week: number; readonly month: number }
export const PERIODS = ['day', 'week', 'month'] as const

/** What every schedule has to keep to; only the caps are ever changed, and only lowered. */
export const LIMITS = {
  costPerContact: 1_000,
  costPerMail: 200,
  caps: { day: 9_000, week: 17_000, month: 24_000 },
  most: { messages: 2, days: 7 },
  quiet: { from: '20:00', to: '08:00' },
} as const

export const policyWith = ({ day, week, month }: Caps): object => ({
  cost_per_person: {
    'hubspot.list.add': LIMITS.costPerContact,
    'mailchimp.campaign.send': LIMITS.costPerMail,
    'mailchimp.campaign.schedule': LIMITS.costPerMail,
  },
  budget: { day: { cap: day }, week: { cap: week }, month: { cap: month } },
  recipients: { consent: 'required', most: LIMITS.most },
  quiet_hours: { ...LIMITS.quiet, outcome: 'block' },
})
