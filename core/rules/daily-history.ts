import {
  type DailyPart,
  dailyMinorOf,
  daysIn,
  isRunning,
  overDays,
  timeWindowOf,
  type TimeWindow,
} from '../domain/daily-budget.ts'
import type { HeldCharge } from '../domain/money-by-state.ts'
import type { Charge } from './budget-charges.ts'
import { dayWindow, daysLeft, monthWindow, weekWindow } from './calendar.ts'

/** A change of a daily budget that had its effect. */
export type PastChange = {
  readonly at: Date
  /** Null: it was not taken back. */
  readonly undoneAt: Date | null
  /** What it would be charged under the policy that holds from now on. */
  readonly charges: readonly Charge[]
  /** What it was charged. */
  readonly held: readonly HeldCharge[]
}

type Step = { readonly at: Date; readonly byMinor: number }
type Period = TimeWindow['period']

const WINDOW_OF = { day: dayWindow, week: weekWindow, month: monthWindow } as const

/** What a charge comes to besides its daily budget. */
export const onceOf = (charge: Pick<HeldCharge, 'window' | 'amountMinor' | 'daily'>): number =>
  charge.amountMinor - dailyMinorOf(charge)

/**
 * What the rows of budgets that hold from now on have to carry, so that together with what was charged to them they say
 * what every campaign commits a day, and in the windows of now what that came and comes to. By window, minor units.
 */
export function carriedDaily(past: readonly PastChange[], now: Date, zone: string): ReadonlyMap<string, number> {
  const carried = new Map<string, number>()
  const add = (window: string, minor: number): void => void carried.set(window, (carried.get(window) ?? 0) + minor)
  for (const [row, its] of byRow(past)) {
    const steps = stepsOf(its)
    const committed = sumOf(steps.map(({ byMinor }) => byMinor))
    add(row, committed)
    // As it is charged now: a day's window for today's, whatever the day was.
    const charged = new Set<string>()
    for (const { window, daily } of its.flatMap(({ charges }) => charges)) {
      const at = timeWindowOf(window)
      const into = at ? `${at.budget}${at.period}:${WINDOW_OF[at.period](now, zone).name}` : window
      if (daily?.row !== row || window === row || charged.has(into)) continue
      charged.add(into)
      if (isRunning(into)) add(into, committed)
      else if (at) add(into, windowOf(steps, at.period, WINDOW_OF[at.period](now, zone), zone))
      else add(into, campaignOf(steps, zone))
    }
  }
  for (const change of past)
    for (const charge of change.held)
      if (carried.has(charge.window)) add(charge.window, -(charge.amountMinor - onceIn(charge, change)))
  return carried
}

/** What was charged besides its daily budget; where it was taken back, its charge does not tell any more. */
function onceIn(charge: HeldCharge, { undoneAt, charges }: PastChange): number {
  const its = undoneAt === null ? charge : charges.find(({ window }) => window === charge.window)
  return its?.daily ? onceOf(its) : 0
}

function byRow(past: readonly PastChange[]): ReadonlyMap<string, readonly PastChange[]> {
  const rows = new Map<string, PastChange[]>()
  for (const change of past) {
    const its = new Set(change.charges.flatMap(({ daily }) => daily?.row ?? []))
    for (const row of its) rows.set(row, [...(rows.get(row) ?? []), change])
  }
  return rows
}

/** What it set the daily budget to, and back, in their order. */
function stepsOf(changes: readonly PastChange[]): readonly Step[] {
  const events = changes
    .flatMap((change) => [
      { at: change.at, change, isBack: false },
      ...(change.undoneAt ? [{ at: change.undoneAt, change, isBack: true }] : []),
    ])
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const before = new Map<PastChange, number>()
  let perDay = 0
  return events.map(({ at, change, isBack }) => {
    if (!isBack) before.set(change, perDay)
    const to = isBack ? (before.get(change) ?? 0) : perDayOf(change)
    const byMinor = to - perDay
    perDay = to
    return { at, byMinor }
  })
}

const perDayOf = ({ charges }: PastChange): number =>
  charges.map(({ daily }) => daily).find((daily): daily is DailyPart => daily !== undefined)?.perDayMinor ?? 0

const minorOf = ({ at, byMinor }: Step, period: Period, zone: string): number =>
  overDays(byMinor, daysLeft(period, at, zone))

const campaignOf = (steps: readonly Step[], zone: string): number =>
  sumOf(steps.map((step) => minorOf(step, 'month', zone)))

function windowOf(
  steps: readonly Step[],
  period: Period,
  { name, startsAt }: { readonly name: string; readonly startsAt: Date },
  zone: string,
): number {
  const before = steps.filter(({ at }) => at < startsAt)
  const within = steps.filter(({ at }) => at >= startsAt)
  const running = sumOf(before.map(({ byMinor }) => byMinor)) * daysIn({ period, name })
  return running + sumOf(within.map((step) => minorOf(step, period, zone)))
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)
