import {
  daysIn,
  isLater,
  isRunning,
  laterWindows,
  runningRow,
  settleCharges,
  timeWindowOf,
} from '../domain/daily-budget.ts'
import type { Charge } from './budget-charges.ts'
import { type Counters, NOTHING_USED } from './guardrails/budget.ts'

const MS_PER_DAY = 86_400_000
/** No day, week or month that holds an instant ends later than this after it. */
const LONGEST_WINDOW_MS = 32 * MS_PER_DAY

/**
 * The counters of budgets and rates as they would have stood, kept for as long as their windows last: a number for each
 * window that is open, and for each campaign. A window that is new begins with what its budget's campaigns run a day.
 */
export function createReplayedUse() {
  const windows = new Map<string, { used: number; untilMs: number }>()
  const usedIn = (window: string): number => {
    const known = windows.get(window)
    if (known) return known.used
    const at = timeWindowOf(window)
    return at ? (windows.get(runningRow(at.budget))?.used ?? 0) * daysIn(at) : 0
  }
  const raiseLater = (charges: readonly Charge[]): void => {
    for (const { after, byPerDayMinor } of laterWindows(charges))
      for (const [window, known] of windows) {
        const at = timeWindowOf(window)
        if (at && after.some((one) => isLater(window, one)))
          windows.set(window, { ...known, used: known.used + byPerDayMinor * daysIn(at) })
      }
  }
  return {
    /** Null: it is charged to nothing. */
    countersOf(charges: readonly Charge[]): ReadonlyMap<string, Counters> | null {
      if (charges.length === 0) return null
      return new Map(charges.map(({ window }) => [window, { ...NOTHING_USED, reserved: usedIn(window) }]))
    },
    /** What a daily budget is charged where so much is committed for its campaign by then. */
    settle: (charges: readonly Charge[]): readonly Charge[] => settleCharges(charges, usedIn),
    /** `at`: the instant that named the windows. */
    take(charges: readonly Charge[], at: Date): void {
      raiseLater(charges)
      // What runs a day comes last: windows that are new begin with what it was before.
      const inOrder = [...charges].sort((a, b) => Number(isRunning(a.window)) - Number(isRunning(b.window)))
      for (const { window, amountMinor, period } of inOrder) {
        const untilMs = period === 'campaign' ? Infinity : at.getTime() + LONGEST_WINDOW_MS
        const known = windows.get(window)
        windows.set(window, {
          used: usedIn(window) + amountMinor,
          untilMs: Math.max(untilMs, known?.untilMs ?? 0),
        })
      }
    },
    /** Drops what is over. */
    forget(now: Date): void {
      for (const [window, { untilMs }] of windows) if (untilMs < now.getTime()) windows.delete(window)
    },
    get size(): number {
      return windows.size
    },
  }
}

export type ReplayedUse = ReturnType<typeof createReplayedUse>
