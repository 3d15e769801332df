import type { HeldCharge } from './money-by-state.ts'

/** The part of a charge that comes of a campaign's daily budget. Minor units of the workspace's currency a day. */
export type DailyPart = {
  /** The counter row of what is committed a day for that campaign, in the budget that is charged. */
  readonly row: string
  /** The daily budget that it sets. */
  readonly perDayMinor: number
  /** What was committed a day before it; it is replaced. */
  readonly fromMinor: number
  /** How many days of it are charged. */
  readonly days: number
}

/** The days for which a daily budget is weighed where no window bounds it: one action's limit, its band, a key's limit. */
export const DAYS_OF_ONE_ACTION = 30

type WithDaily = Pick<HeldCharge, 'window' | 'amountMinor' | 'daily'>

/** What a change by so much a day comes to. The money of today may be gone: a lower daily budget frees the days after it. */
export const overDays = (byMinor: number, days: number): number =>
  byMinor < 0 && days === 1 ? 0 : byMinor * (byMinor < 0 ? days - 1 : days)

/**
 * What a charge comes to by its daily budget: the difference to what was committed a day, for its days. Rows of what runs
 * a day hold the difference itself. Negative where the daily budget goes down.
 */
export function dailyMinorOf({ window, daily }: Pick<WithDaily, 'window' | 'daily'>): number {
  if (!daily) return 0
  const by = daily.perDayMinor - daily.fromMinor
  return window === daily.row || isRunning(window) ? by : overDays(by, daily.days)
}

/** The same charge where so much is committed a day for its campaign now, with what it costs besides. */
export function settleCharge<T extends WithDaily>(charge: T, committedPerDay: number): T {
  const { daily, amountMinor } = charge
  if (!daily || daily.fromMinor === committedPerDay) return charge
  const settled = { ...charge, daily: { ...daily, fromMinor: committedPerDay } }
  return { ...settled, amountMinor: amountMinor - dailyMinorOf(charge) + dailyMinorOf(settled) }
}

/** All charges of an action, each against its own row. `committedOf`: what is committed a day in a row. */
export const settleCharges = <T extends WithDaily>(
  charges: readonly T[],
  committedOf: (row: string) => number,
): readonly T[] =>
  charges.map((charge) => (charge.daily ? settleCharge(charge, committedOf(charge.daily.row)) : charge))

/** The rows of daily budgets that charges depend on, each once. */
export const dailyRowsOf = (charges: readonly WithDaily[]): readonly string[] => [
  ...new Set(charges.flatMap(({ daily }) => daily?.row ?? [])),
]

export type TimeWindow = {
  /** The budget that it belongs to: nothing, or what stands before the period, with its slash. */
  readonly budget: string
  readonly period: 'day' | 'week' | 'month'
  readonly name: string
}

const TIME_WINDOW = /^(|.*\/)(day|week|month):([^/:]+)$/

/** A counter row that lasts a day, a week or a month; null: another sort, or it counts actions instead of money. */
export function timeWindowOf(window: string): TimeWindow | null {
  const [, budget, period, name] = TIME_WINDOW.exec(window) ?? []
  if (budget === undefined || name === undefined || budget.startsWith('runs:')) return null
  return period === 'day' || period === 'week' || period === 'month' ? { budget, period, name } : null
}

/** The counter row of what runs a day in a budget, all campaigns together. */
export const runningRow = (budget: string): string => `${budget}daily`

/** Whether a row is such a one. */
export const isRunning = (window: string): boolean => window === 'daily' || window.endsWith('/daily')

/** How many calendar days a window of a name has. */
export function daysIn({ period, name }: Pick<TimeWindow, 'period' | 'name'>): number {
  if (period === 'day') return 1
  if (period === 'week') return 7
  const [year = 1970, month = 1] = name.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The windows of a budget that were made for later, and begin with what runs then. */
export type LaterWindows = {
  readonly row: string
  readonly after: readonly string[]
  readonly byPerDayMinor: number
}

/**
 * What a change of a daily budget adds to windows that come after the charged ones and are there already, because
 * something is planned in them: each knew of what ran a day when it was made.
 */
export function laterWindows(charges: readonly HeldCharge[]): readonly LaterWindows[] {
  return charges.flatMap(({ window, amountMinor, daily }): readonly LaterWindows[] => {
    if (!daily || amountMinor === 0 || !isRunning(window)) return []
    const budget = window.slice(0, -'daily'.length)
    const after = charges.map((one) => one.window).filter((one) => timeWindowOf(one)?.budget === budget)
    return [{ row: window, after, byPerDayMinor: amountMinor }]
  })
}

/** Whether one window comes later than another of the same budget and period. */
export function isLater(window: string, than: string): boolean {
  const [one, other] = [timeWindowOf(window), timeWindowOf(than)]
  return one !== null && other !== null && one.budget === other.budget && one.period === other.period
    ? one.name > other.name
    : false
}

/** How many days of the period are left from now on, today included, and its name. */
export type Now = (period: TimeWindow['period']) => { readonly name: string; readonly daysLeft: number }

/**
 * What an action holds after it was taken back: of each campaign the daily budget is what it was before, however often
 * it changed since; of the windows that run now the days after today are given back, and of a campaign's own budget those
 * that were charged and are left, `daysSince` calendar days after it was done. Where that raises it again, today counts too,
 * to the end of the window.
 */
export function takeBack(
  held: readonly HeldCharge[],
  committedOf: (row: string) => number,
  now: Now,
  daysSince: number,
): readonly HeldCharge[] {
  const after = new Map(held.map((charge) => [charge.window, charge]))
  for (const { window, daily } of held) {
    if (!daily) continue
    const by = daily.fromMinor - committedOf(daily.row)
    const at = timeWindowOf(window)
    const isRow = window === daily.row || isRunning(window)
    const left = now(at?.period ?? 'month')
    const days = at || by > 0 ? left.daysLeft : Math.max(1, daily.days - daysSince)
    const minor = isRow ? by : overDays(by, days)
    const into = at ? `${at.budget}${at.period}:${left.name}` : window
    const known = after.get(into)
    if (known) after.set(into, { ...known, amountMinor: known.amountMinor + minor })
    else if (minor !== 0) after.set(into, { window: into, amountMinor: minor })
  }
  return [...after.values()]
}
