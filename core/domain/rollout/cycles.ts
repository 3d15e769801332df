import { gateLimits } from '../trust/gate.ts'

/** Judged by a person, before a scope first acts by itself. Section 5.2. */
export const CYCLES_NEEDED = gateLimits(3).cycles ?? 0

/** A route of an existing workflow is observed for so long; nothing is judged meanwhile. */
export const OBSERVED_DAYS = 30

const DAYS_A_MONTH = 365.25 / 12

export type CycleSource = {
  /** Above 0. */
  readonly runsPerMonth: number
  /** Whole days from today until its first run is judged; 0 or more. */
  readonly fromDays: number
}

/**
 * Whole days from today until the 30th judged cycle, when every run is judged; 0: it is reached. `judged`: cycles so far.
 */
export function daysUntilJudged(judged: number, sources: readonly CycleSource[]): number {
  let missing = CYCLES_NEEDED - judged
  if (missing <= 0) return 0
  const starts = [...new Set(sources.map(({ fromDays }) => fromDays))].toSorted((a, b) => a - b)
  let at = 0
  for (const [n, start] of starts.entries()) {
    at = start
    const perDay = sources.reduce(
      (sum, { runsPerMonth, fromDays }) => sum + (fromDays <= start ? runsPerMonth / DAYS_A_MONTH : 0),
      0,
    )
    const next = starts[n + 1]
    if (next === undefined || at + missing / perDay <= next) return Math.ceil(at + missing / perDay - 1e-9)
    missing -= (next - start) * perDay
  }
  return at
}
