import { expect, test } from 'vitest'
import { createRandom } from '../../demo/months/random.ts'

const many = (seed: number) => {
  const random = createRandom(seed)
  return Array.from({ length: 4_000 }, () => random.logNormal(0.9, 0.55))
}

test('tells the same story for the same seed, and another for another', () => {
  expect(many(7)).toEqual(many(7))
  expect(many(7)).not.toEqual(many(8))
})

test('draws reading times with the median and the spread that were asked for', () => {
  const sorted = many(7).toSorted((a, b) => a - b)
  expect(sorted[2_000]).toBeCloseTo(0.9, 1)
  // One sigma above the median.
  expect(sorted[3_365]).toBeCloseTo(0.9 * Math.exp(0.55), 1)
})

test('shuffles without losing anything, and takes chances as often as it says', () => {
  const random = createRandom(1)
  expect(new Set(random.shuffled([1, 2, 3, 4]))).toEqual(new Set([1, 2, 3, 4]))
  const taken = Array.from({ length: 5_000 }, () => random.isTrue(0.98)).filter(Boolean).length
  expect(taken / 5_000).toBeCloseTo(0.98, 2)
})
