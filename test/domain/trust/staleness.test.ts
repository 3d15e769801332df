import { expect, test } from 'vitest'
import { isStale, observedUntil, reviewedOnReturn, staleFrom } from '../../../core/domain/trust/staleness.ts'

test.each([
  [null, false],
  [1000, false],
  [911, false],
  [910, true],
])('with the newest decision on day %s, on day 1000: %s', (newest, expected) => {
  expect(isStale(newest, 1000)).toBe(expected)
  if (newest !== null) expect(staleFrom(newest) <= 1000).toBe(expected)
})

test.each([
  ['no action ever ran', null, 0, 0],
  ['89 days without', 911, 0, 0],
  ['90 days without', 910, 0, 5],
  ['still on the way back', 1000, 3, 3],
  ['gone again meanwhile', 910, 3, 5],
])('%s', (_name, newest, left, expected) => {
  expect(reviewedOnReturn(newest, 1000, left)).toBe(expected)
})

test('observation ends after 30 days by itself', () => {
  expect(observedUntil(100)).toBe(130)
})
