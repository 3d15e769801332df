import { type BettingTest, evidence, type Fractions, observe, startTest } from './betting-test.ts'

/** Small lifts need small bets. Section 8. */
const FRACTIONS: Fractions = [0.02, 0.05, 0.1, 0.2, 0.4]
const CONFIRMED_AT = 20
const FEWEST_CONVERSIONS = 100
const TOLERATED_LOSS = 0.1

/**
 * What is tested of a comparison: that treatment gains, that it loses (the arms swapped), or that it is not more than
 * 10 % worse.
 */
export type LiftQuestion = 'gain' | 'loss' | 'not_worse'

export type LiftTest = { readonly question: LiftQuestion; readonly test: BettingTest; readonly conversions: number }

/** A test before any conversion; `share` of the units was drawn by chance into treatment, strictly between 0 and 1. */
export function startLiftTest(question: LiftQuestion, share: number): LiftTest {
  const kept = share * (1 - TOLERATED_LOSS)
  const p0 = { gain: share, loss: 1 - share, not_worse: kept / (kept + 1 - share) }[question]
  return { question, test: startTest(p0, FRACTIONS), conversions: 0 }
}

/** One more converting unit, treated or of the control group. It may be looked at after each. Section 8. */
export const addConversion = (lift: LiftTest, isTreated: boolean): LiftTest => ({
  ...lift,
  test: observe(lift.test, FRACTIONS, isTreated === (lift.question !== 'loss') ? 1 : 0),
  conversions: lift.conversions + 1,
})

/** E ≥ 20 now, and at least 100 conversions. A loss is confirmed by E alone: it need not be seen for as long. */
export const isConfirmed = ({ question, test, conversions }: LiftTest): boolean =>
  evidence(test) >= CONFIRMED_AT && (question === 'loss' || conversions >= FEWEST_CONVERSIONS)

export type LiftEstimate = { readonly lift: number; readonly standardError: number }

/** The relative lift and its standard error; null: one arm has no conversion yet. Section 8. */
export function estimateLift(treated: number, control: number, share: number): LiftEstimate | null {
  if (treated === 0 || control === 0) return null
  const theta = treated / (treated + control)
  const lift = (theta * (1 - share)) / (share * (1 - theta)) - 1
  return { lift, standardError: (1 + lift) * Math.sqrt(1 / treated + 1 / control) }
}

/** A test of revenue before any pair; the i-th treated unit is paired with the i-th of the control group. */
export const startRevenueTest = (): BettingTest => startTest(0.5, FRACTIONS)

/**
 * One more pair. Both are cut off at `most` (above 0: the 99th percentile of the baseline), so that one large order
 * decides nothing. A pair of equals costs nothing. Section 8.
 */
export function addRevenuePair(test: BettingTest, treated: number, control: number, most: number): BettingTest {
  const cut = (value: number): number => Math.min(most, Math.max(0, value))
  return observe(test, FRACTIONS, (1 + (cut(treated) - cut(control)) / most) / 2)
}

/** Conversions of both arms together until a lift of this size is confirmed, as measured. Section 8. */
export const CONVERSIONS_NEEDED = [
  { lift: 0.5, median: 185, ninthDecile: 385 },
  { lift: 0.3, median: 400, ninthDecile: 870 },
  { lift: 0.2, median: 805, ninthDecile: 1_825 },
  { lift: 0.1, median: 2_870, ninthDecile: 6_910 },
  { lift: 0.05, median: 12_000, ninthDecile: null },
] as const
