import { betaQuantile } from '../../core/domain/trust/beta.ts'
import { type Firsts, meanOf } from './spread.ts'

/** From and to, in the unit of what it is of. */
export type Interval = readonly [number, number]

/** On either side: what 95 of 100 such samples leave room for. */
const TAIL = 0.025

/** Exact (Clopper and Pearson): the shares, 0 to 1, under which `hits` of `of` are not too rare. */
export const shareInterval = (hits: number, of: number): Interval => [
  hits === 0 ? 0 : betaQuantile(TAIL, hits, of - hits + 1),
  hits === of ? 1 : betaQuantile(1 - TAIL, hits + 1, of - hits),
]

/** By ranks, whatever the spread is. Never is the latest; with fewer than six there is no such interval. */
export function medianInterval(firsts: Firsts): Interval {
  const sorted = firsts.map((first) => first ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b)
  let [rank, chance] = [0, 0.5 ** sorted.length]
  // `under`: the chance that no more than `rank` of them lie under the true median.
  for (let under = chance; under <= TAIL; under += chance) {
    rank += 1
    chance *= (sorted.length - rank + 1) / rank
  }
  return [sorted[rank - 1] ?? Number.NEGATIVE_INFINITY, sorted[sorted.length - rank] ?? Number.POSITIVE_INFINITY]
}

/**
 * Two standard errors of the mean either way; not below 0, as what is counted is not. Values that are all alike say nothing
 * of how they spread: there is no interval then.
 */
export function meanInterval(values: readonly number[]): Interval {
  const mean = meanOf(values)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  const error = variance > 0 ? Math.sqrt(variance / values.length) : Number.NaN
  return [Math.max(0, mean - 2 * error), mean + 2 * error]
}
