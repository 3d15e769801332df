import { type DailyPart, DAYS_OF_ONE_ACTION, timeWindowOf } from '../domain/daily-budget.ts'
import type { Charge } from './budget-charges.ts'
import { moneyWords, type Place, type Subject } from './guardrails/guardrail.ts'

/** "1 day", "10 days" */
const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`)

const wordsIn =
  ({ currency, locale }: Place) =>
  (minor: number): string =>
    moneyWords({ minor, currency }, locale)

/** "It costs $40.00", "It commits $800.00 more ($80.00 a day for 10 days)" */
export function chargeWords({ amountMinor, daily }: Pick<Charge, 'amountMinor' | 'daily'>, place: Place): string {
  const words = wordsIn(place)
  if (!daily) return `It costs ${words(amountMinor)}`
  return `It commits ${words(amountMinor)} more (${words(daily.perDayMinor)} a day for ${daysWords(daily.days)})`
}

/** What of a charge that overruns its limit by so much would pass. */
export function passingWords(daily: DailyPart | undefined, overMinor: number, place: Place): string {
  if (!daily) return 'Up to that it would pass.'
  const perDay = Math.max(daily.fromMinor, daily.perDayMinor - Math.ceil(overMinor / Math.max(1, daily.days)))
  return `Up to ${wordsIn(place)(perDay)} a day would pass.`
}

/** What one action costs by itself: of a daily budget, 30 days. */
export function costWords({ amountMinor, perDayMinor }: Subject, place: Place): string {
  const words = wordsIn(place)
  if (perDayMinor === null) return `It costs ${words(amountMinor)}`
  return `It commits ${words(amountMinor)} in ${DAYS_OF_ONE_ACTION} days (${words(perDayMinor)} a day)`
}

const OF_PERIOD = { day: 'today', week: 'this week', month: 'this month' } as const

/**
 * What a daily budget commits, for the card: "$800.00 more this month: $80.00 a day for 10 days". Of several budgets the
 * longest window; where none counts it, 30 days. Null: it sets no daily budget.
 */
export function commitmentWords(
  charges: readonly Pick<Charge, 'window' | 'amountMinor' | 'daily'>[],
  perDayMinor: number | null,
  place: Place,
): string | null {
  if (perDayMinor === null) return null
  const words = wordsIn(place)
  const [longest] = charges
    .flatMap(({ window, daily }) => {
      const at = timeWindowOf(window)
      return at && daily ? [{ period: at.period, daily }] : []
    })
    .toSorted((a, b) => b.daily.days - a.daily.days)
  if (!longest)
    return `${words(perDayMinor * DAYS_OF_ONE_ACTION)} in ${DAYS_OF_ONE_ACTION} days: ${words(perDayMinor)} a day`
  const { fromMinor, days } = longest.daily
  const by = (perDayMinor - fromMinor) * days
  const instead = fromMinor === 0 ? '' : ` instead of ${words(fromMinor)}`
  const span = `${words(perDayMinor)} a day${instead} for ${daysWords(days)}`
  return `${words(Math.abs(by))} ${by < 0 ? 'less' : 'more'} ${OF_PERIOD[longest.period]}: ${span}`
}
