import type { Charge } from './budget-charges.ts'
import { type Counters, NOTHING_USED } from './guardrails/budget.ts'

const MS_PER_DAY = 86_400_000
/** No day, week or month that holds an instant ends later than this after it. */
const LONGEST_WINDOW_MS = 32 * MS_PER_DAY

/**
 * The counters of budgets and rates as they would have stood, kept for as long as their windows last: a number for each
 * window that is open, and for each campaign.
 */
export function createReplayedUse() {
  const windows = new Map<string, { used: number; untilMs: number }>()
  return {
    /** Null: it is charged to nothing. */
    countersOf(charges: readonly Charge[]): ReadonlyMap<string, Counters> | null {
      if (charges.length === 0) return null
      return new Map(
        charges.map(({ window }) => [window, { ...NOTHING_USED, reserved: windows.get(window)?.used ?? 0 }]),
      )
    },
    /** `at`: the instant that named the windows. */
    take(charges: readonly Charge[], at: Date): void {
      for (const { window, amountMinor, period } of charges) {
        const untilMs = period === 'campaign' ? Infinity : at.getTime() + LONGEST_WINDOW_MS
        const known = windows.get(window)
        windows.set(window, {
          used: (known?.used ?? 0) + amountMinor,
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
