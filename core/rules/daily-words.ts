import { type DailyPart, DAYS_OF_ONE_ACTION, overDays, timeWindowOf } from '../domain/daily-budget.ts'
import type { Charge } from './budget-charges.ts'
import { MOST_CHARACTERS, moneyWords, type Place, type Subject } from './guardrails/guardrail.ts'

/** "1 day", "10 days" */
const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`)

const wordsIn =
  ({ currency, locale }: Place) =>
  (minor: number): string =>
    moneyWords({ minor, currency }, locale)

/** Why a daily budget does not fit, with what would; shorter where amounts and the name of the budget are long. */
export function overrunWords(
  { amountMinor, ofWords }: Pick<Charge, 'amountMinor' | 'ofWords'>,
  daily: DailyPart,
  { capMinor, leftMinor }: { readonly capMinor: number; readonly leftMinor: number },
  place: Place,
): string {
  const words = wordsIn(place)
  const over = Math.ceil((amountMinor - leftMinor) / Math.max(1, daily.days))
  const passes = `Up to ${words(Math.max(daily.fromMinor, daily.perDayMinor - over))} a day would pass.`
  const commits = `At ${words(daily.perDayMinor)} a day it commits ${words(amountMinor)} more`
  const texts = [
    `${commits} for ${daysWords(daily.days)}; of ${ofWords} of ${words(capMinor)} only ${words(leftMinor)} is left. ${passes}`,
    `${commits}; of ${ofWords} only ${words(leftMinor)} is left. ${passes}`,
  ]
  const shortest = `It commits ${words(amountMinor)} more; only ${words(leftMinor)} of the budget is left. ${passes}`
  return texts.find(({ length }) => length <= MOST_CHARACTERS) ?? shortest
}

/** Why no budget of a campaign can hold a daily budget. */
export const endlessWords = ({ perDayMinor }: DailyPart, place: Place): string =>
  `${wordsIn(place)(perDayMinor)} a day has no end, and the budget of this campaign counts it to the end of the month only: a person decides.`

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
  const by = overDays(perDayMinor - fromMinor, days)
  const instead = fromMinor === 0 ? '' : ` instead of ${words(fromMinor)}`
  const when = perDayMinor < fromMinor ? 'from tomorrow on' : `for ${daysWords(days)}`
  const span = `${words(perDayMinor)} a day${instead} ${when}`
  return `${words(Math.abs(by))} ${perDayMinor < fromMinor ? 'less' : 'more'} ${OF_PERIOD[longest.period]}: ${span}`
}
