import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { evidence } from '../../../core/domain/trust/betting-test.ts'
import {
  addConversion,
  addRevenuePair,
  CONVERSIONS_NEEDED,
  estimateLift,
  isConfirmed,
  type LiftTest,
  startLiftTest,
  startRevenueTest,
} from '../../../core/domain/trust/lift.ts'
import { createRandom } from '../../support/random.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published lift ${WHERE_ABSENT}`, () => {
  test('conversions one by one', () => {
    const published = trustVectors?.lift
    let lift = startLiftTest('gain', published?.share ?? 0)
    published?.treatedConversion.forEach((y, at) => {
      lift = addConversion(lift, y === 1)
      expect(Math.abs(evidence(lift.test) - (published.values[at] ?? 0))).toBeLessThan(1e-4)
    })
    expect(lift.conversions).toBe(6)
  })
})

test.each([
  ['gain' as const, 0.5, 0.5],
  ['gain' as const, 0.8, 0.8],
  ['loss' as const, 0.8, 0.2],
  ['not_worse' as const, 0.5, 0.45 / 0.95],
  ['not_worse' as const, 0.8, 0.72 / 0.92],
])('%s at a share of %d is tested against %d', (question, share, p0) => {
  expect(startLiftTest(question, share).test.p0).toBeCloseTo(p0, 12)
})

const after = (lift: LiftTest, treated: number, control: number): LiftTest => {
  const arms = [...Array.from({ length: treated }, () => true), ...Array.from({ length: control }, () => false)]
  return arms.reduce(addConversion, lift)
}

test.each([
  ['99 conversions', 'gain' as const, 99, 0, false],
  ['100 conversions', 'gain' as const, 100, 0, true],
  ['no lift', 'gain' as const, 60, 60, false],
  ['a loss', 'loss' as const, 0, 40, true],
  ['a gain is no loss', 'loss' as const, 100, 0, false],
  ['as good, after many', 'not_worse' as const, 6000, 6000, true],
  ['as good, after few', 'not_worse' as const, 60, 60, false],
])('%s', (_name, question, treated, control, expected) => {
  expect(isConfirmed(after(startLiftTest(question, 0.5), treated, control))).toBe(expected)
})

test.each([
  ['one arm without any', 0, 10, 0.5, null],
  ['the other arm without any', 10, 0, 0.5, null],
  ['even', 100, 100, 0.5, { lift: 0, standardError: Math.sqrt(0.02) }],
  ['half as many again', 150, 100, 0.5, { lift: 0.5, standardError: 1.5 * Math.sqrt(1 / 150 + 1 / 100) }],
  ['uneven shares', 400, 100, 0.8, { lift: 0, standardError: Math.sqrt(1 / 400 + 1 / 100) }],
])('%s', (_name, treated, control, share, expected) => {
  const estimate = estimateLift(treated, control, share)
  if (expected === null) expect(estimate).toBeNull()
  else {
    expect(estimate?.lift).toBeCloseTo(expected.lift, 12)
    expect(estimate?.standardError).toBeCloseTo(expected.standardError, 12)
  }
})

test.each([
  ['a tie costs nothing', 30, 30, 1],
  ['two beyond the cut are a tie', 500, 900, 1],
  ['the most that can be won', 100, 0, (1.02 + 1.05 + 1.1 + 1.2 + 1.4) / 5],
  ['the most that can be lost', 0, 100, (0.98 + 0.95 + 0.9 + 0.8 + 0.6) / 5],
  ['a refund counts as nothing', -50, 0, 1],
])('revenue: %s', (_name, treated, control, expected) => {
  expect(evidence(addRevenuePair(startRevenueTest(), treated, control, 100))).toBeCloseTo(expected, 12)
})

it('rarely confirms a lift that is not there, however often one looks', () => {
  const random = createRandom(5)
  let confirmed = 0
  const runs = 400
  for (let run = 0; run < runs; run += 1) {
    let lift = startLiftTest('gain', 0.5)
    for (let unit = 0; unit < 400 && !isConfirmed(lift); unit += 1) lift = addConversion(lift, random.chance(0.5))
    if (isConfirmed(lift)) confirmed += 1
  }
  expect(confirmed / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
})

it('asks more conversions of smaller lifts, and estimates grow with the treated arm', () => {
  const medians = CONVERSIONS_NEEDED.map(({ median }) => median)
  expect(medians).toEqual(medians.toSorted((a, b) => a - b))
  const count = fc.integer({ min: 1, max: 1000 })
  fc.assert(
    fc.property(count, count, (treated, control) => {
      const [some, more] = [estimateLift(treated, control, 0.5), estimateLift(treated + 1, control, 0.5)]
      expect(more?.lift ?? 0).toBeGreaterThan(some?.lift ?? 0)
    }),
  )
})
