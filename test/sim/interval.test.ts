import { expect, test } from 'vitest'
import { meanInterval, medianInterval, shareInterval } from './interval.ts'

test.each<[string, number, number, readonly [number, number]]>([
  ['none of ten', 0, 10, [0, 1 - 0.025 ** (1 / 10)]],
  ['ten of ten', 10, 10, [0.025 ** (1 / 10), 1]],
  ['one of one', 1, 1, [0.025, 1]],
])('a share of %s', (_name, hits, of, [from, to]) => {
  expect(shareInterval(hits, of)[0]).toBeCloseTo(from, 9)
  expect(shareInterval(hits, of)[1]).toBeCloseTo(to, 9)
})

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => count - at)

test.each<[string, readonly (number | null)[], readonly [number, number]]>([
  ['of ten the second and the ninth: (1 + 10) / 1024 lie outside on either side', upTo(10), [2, 9]],
  ['of six the first and the last: 1 / 64', upTo(6), [1, 6]],
  ['of twelve the third and the tenth: (1 + 12 + 66) / 4096', upTo(12), [3, 10]],
  ['of five nothing: 1 / 32', upTo(5), [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  ['never is the latest', [...upTo(4), null, null], [1, Number.POSITIVE_INFINITY]],
])('a median: %s', (_name, firsts, expected) => {
  expect(medianInterval(firsts)).toEqual(expected)
})

test('a mean and two standard errors, not below nothing', () => {
  const values = [10, 14]
  expect(meanInterval(values)).toEqual([12 - 2 * Math.sqrt(8 / 2), 12 + 2 * Math.sqrt(8 / 2)])
  expect(meanInterval([0, 2])[0]).toBe(0)
  expect(meanInterval([0, 0, 0])).toEqual([Number.NaN, Number.NaN])
})
