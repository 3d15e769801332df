import { err, ok, type Result } from '../result.ts'
import { type BettingTest, type Fractions, logEvidence, observe, startTest } from './betting-test.ts'

/** The levels that are earned by evidence. */
export const EARNED_LEVELS = [3, 4, 5] as const
export type EarnedLevel = (typeof EARNED_LEVELS)[number]

const FRACTIONS: Fractions = [0.25, 0.5, 0.75, 0.9, 0.98]
const FLOORS: Readonly<Record<EarnedLevel, number>> = { 3: 0.8, 4: 0.88, 5: 0.92 }
/** Above it no amount of work that a person could judge would ever pass. */
const HIGHEST_P0 = 0.98

export type UntestableBaseline = { readonly kind: 'baseline_untestable'; readonly p0: number; readonly highest: number }

/**
 * p0: what the acceptability must be shown to exceed; the floor of the level, or the success rate of the process that
 * is replaced (0 to 1; null: none is known). Refused above 0.98. Section 5.1.
 */
export function nullAcceptability(level: EarnedLevel, baseline: number | null): Result<number, UntestableBaseline> {
  const p0 = Math.max(FLOORS[level], baseline ?? 0)
  return p0 > HIGHEST_P0 ? err({ kind: 'baseline_untestable', p0, highest: HIGHEST_P0 }) : ok(p0)
}

export const startPromotionTest = (p0: number): BettingTest => startTest(p0, FRACTIONS)

/** One more counted decision with outcome y, 0 to 1. */
export const observeOutcome = (test: BettingTest, y: number): BettingTest => observe(test, FRACTIONS, y)

/** 1/alpha of epoch j = 1, 2, 3 …: 20, 60, 120, 200 …; twice that for level 5. */
export const threshold = (epoch: number, level: EarnedLevel): number => 10 * epoch * (epoch + 1) * (level === 5 ? 2 : 1)

/** Whether E has reached the threshold now; an earlier maximum does not count. */
export const passes = (test: BettingTest, epoch: number, level: EarnedLevel): boolean =>
  logEvidence(test) >= Math.log(threshold(epoch, level))
