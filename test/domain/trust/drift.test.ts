import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DRIFT_LIMIT, isDriftAlarm, nextDrift } from '../../../core/domain/trust/drift.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published drift ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.cusum ?? [])('at a usual failure rate of $f0', ({ f0, h, outcomes, values }) => {
    expect(DRIFT_LIMIT).toBe(h)
    for (const level of f0 === 0.1 ? ([3] as const) : ([4, 5] as const)) {
      let drift = 0
      outcomes.forEach((y, at) => {
        drift = nextDrift(drift, y, level)
        expect(Math.abs(drift - (values[at] ?? 0))).toBeLessThan(1e-4)
      })
    }
  })
})

test.each([
  ['below level 3 there is nothing to watch', 3, 0, 2 as const, 0],
  ['a success at 0 stays 0', 0, 1, 3 as const, 0],
  ['a failure at level 3', 0, 0, 3 as const, Math.log(3)],
  ['a failure at level 4', 0, 0, 4 as const, Math.log(4)],
  ['a success at level 5', 2, 1, 5 as const, 2 + Math.log(0.8 / 0.95)],
  ['a moderate edit at level 3', 1, 0.5, 3 as const, 1 + (Math.log(0.7 / 0.9) + Math.log(3)) / 2],
])('%s', (_name, drift, y, level, expected) => {
  expect(nextDrift(drift, y, level)).toBeCloseTo(expected, 12)
})

test('it alarms at the limit', () => {
  expect(isDriftAlarm(4)).toBe(true)
  expect(isDriftAlarm(3.999999)).toBe(false)
})

it('is never below 0, and a better outcome never raises it', () => {
  const drift = fc.double({ min: 0, max: 10, noNaN: true })
  const y = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(drift, y, y, fc.constantFrom(3 as const, 4 as const, 5 as const), (from, a, b, level) => {
      expect(nextDrift(from, a, level)).toBeGreaterThanOrEqual(0)
      if (a >= b) expect(nextDrift(from, a, level)).toBeLessThanOrEqual(nextDrift(from, b, level) + 1e-12)
    }),
  )
})
