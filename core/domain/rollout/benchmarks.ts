import type { Category } from '../category.ts'
import { gateLimits } from '../trust/gate.ts'
import { nullAcceptability } from '../trust/promotion-test.ts'
import type { Workflow } from './workflow.ts'

export type BenchmarkUnit = 'share' | 'minutes' | 'hours' | 'money' | 'count'

/** One number that says what good looks like. */
export type Benchmark = {
  readonly measure: string
  readonly is: 'at_least' | 'at_most'
  readonly unit: BenchmarkUnit
  /** Shares are 0 to 1; null: measure it first, and set it at what people reach. */
  readonly value: number | null
  readonly says: string
}

type Result = Omit<Benchmark, 'value' | 'says'> & { readonly what: string }

const RESULTS: Readonly<Record<Category, readonly Result[]>> = {
  blog_post: [floor('engagement_rate', 'Readers who read on, share or answer')],
  social_post: [floor('engagement_rate', 'People who react, of those reached')],
  review_reply: [cap('hours_to_reply', 'hours', 'From a review to its reply')],
  email_campaign: [
    floor('open_rate', 'Opened, of those delivered'),
    floor('click_rate', 'Clicked, of those delivered'),
    cap('unsubscribe_rate', 'share', 'Unsubscribed, of those delivered'),
  ],
  ad_budget: [cap('cost_per_lead', 'money', 'Spend for one lead')],
  ad_creative: [cap('cost_per_click', 'money', 'Spend for one click'), floor('click_rate', 'Clicked, of those shown')],
  seo_fix: [
    {
      measure: 'search_clicks_a_month',
      is: 'at_least',
      unit: 'count',
      what: 'Visits from search, of the pages touched',
    },
  ],
  website_copy: [floor('conversion_rate', 'Visits of the page that do what it asks for')],
  website_design: [floor('conversion_rate', 'Visits of the page that do what it asks for')],
  knowledge_base: [floor('answered_rate', 'Questions that the article settles')],
  crm_update: [floor('data_quality', 'Records whose touched fields are right, of a sample')],
  audience: [floor('match_rate', 'People in the list who belong there, of a sample')],
  booking: [floor('kept_rate', 'Bookings that are kept')],
  visitor_engagement: [floor('lead_rate', 'Conversations that become a lead')],
  voice_upsell: [floor('accepted_rate', 'Offers that are taken')],
}

function floor(measure: string, what: string): Result {
  return { measure, is: 'at_least', unit: 'share', what }
}

function cap(measure: string, unit: BenchmarkUnit, what: string): Result {
  return { measure, is: 'at_most', unit, what }
}

/** What to set before it acts by itself: the numbers that every workflow is held to, then the results of its category. */
export function benchmarksFor({ category, today, sensitivity }: Workflow): readonly Benchmark[] {
  return [
    successRate(today.successRate),
    {
      measure: 'policy_pass_rate',
      is: 'at_least',
      unit: 'share',
      value: 1,
      says: 'Every one passes the guardrails.',
    },
    {
      measure: 'on_time_rate',
      is: 'at_least',
      unit: 'share',
      value: gateLimits(3).serviceLevel,
      says: 'Carried out within the slot.',
    },
    ...(sensitivity === 'low' ? [] : [asked()]),
    reviewMinutes(today.minutesPerRun),
    ...RESULTS[category].map(({ what, ...result }) => ({
      ...result,
      value: null,
      says: `${what}: measure it in the first 30 days, and set it at what people reach.`,
    })),
  ]
}

/** The floor of section 5.1, or what people achieve today. */
function successRate(today: number | null): Benchmark {
  const p0 = nullAcceptability(3, today)
  const value = p0.ok ? p0.value : p0.error.p0
  const says =
    today === null
      ? 'Accepted without a change of substance. How often it turns out right today is not known: note it in the first 30 days.'
      : 'Accepted without a change of substance: at least as often as it turns out right today.'
  return { measure: 'success_rate', is: 'at_least', unit: 'share', value, says }
}

const asked = (): Benchmark => ({
  measure: 'escalation_rate',
  is: 'at_most',
  unit: 'share',
  value: gateLimits(3).escalationRate,
  says: 'Of the sensitive ones, those that it has to ask about.',
})

const reviewMinutes = (today: number | null): Benchmark => ({
  measure: 'review_minutes_per_run',
  is: 'at_most',
  unit: 'minutes',
  value: today,
  says:
    today === null
      ? 'People’s time on one run: measure it in the first 30 days.'
      : 'People’s time on one run: no more than it takes today.',
})
