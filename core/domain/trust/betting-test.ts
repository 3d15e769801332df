/**
 * A test that may be looked at after every observation. Each product bets a fixed fraction against the null "y is at
 * most p0 on average"; under the null the mean of the products stays small, however often one looks. Section 5.1.
 */
export type BettingTest = {
  /** The null, strictly between 0 and 1. */
  readonly p0: number
  /** The logarithms of the products, one a fraction. A factor is never below 1 − f, so they stay finite. */
  readonly logs: readonly number[]
}

/** f: what share of the most that can be lost each product bets, each below 1. */
export type Fractions = readonly number[]

export const startTest = (p0: number, fractions: Fractions): BettingTest => ({ p0, logs: fractions.map(() => 0) })

/** The test after one more observation y, 0 to 1. */
export const observe = (test: BettingTest, fractions: Fractions, y: number): BettingTest => ({
  p0: test.p0,
  logs: test.logs.map((log, at) => log + Math.log1p(((fractions[at] ?? 0) / test.p0) * (y - test.p0))),
})

/** The logarithm of E, the mean of the products. */
export function logEvidence({ logs }: BettingTest): number {
  const largest = Math.max(...logs)
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length)
}

/** E itself; it may be too large for a number and is then Infinity. */
export const evidence = (test: BettingTest): number => Math.exp(logEvidence(test))
