import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type BettingTest, evidence } from '../../../core/domain/trust/betting-test.ts'
import {
  nullAcceptability,
  observeOutcome,
  passes,
  startPromotionTest,
  threshold,
} from '../../../core/domain/trust/promotion-test.ts'
import { createRandom } from '../../support/random.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

const after = (p0: number, outcomes: readonly number[]): BettingTest =>
  outcomes.reduce(observeOutcome, startPromotionTest(p0))
const successes = (count: number): readonly number[] => Array.from({ length: count }, () => 1)

describe.runIf(trustVectors)(`published evidence ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.eProcess ?? [])('at p0 = $p0', ({ p0, outcomes, values, consecutiveSuccessesToReach }) => {
    const measured = outcomes.map((_, at) => evidence(after(p0, outcomes.slice(0, at + 1))))
    measured.forEach((e, at) => expect(Math.abs(e - (values[at] ?? 0))).toBeLessThan(1e-4))
    for (const [reached, count] of Object.entries(consecutiveSuccessesToReach)) {
      expect(evidence(after(p0, successes(count)))).toBeGreaterThanOrEqual(Number(reached))
      expect(evidence(after(p0, successes(count - 1)))).toBeLessThan(Number(reached))
    }
  })
})

test.each([
  [3 as const, null, 0.8],
  [4 as const, null, 0.88],
  [5 as const, null, 0.92],
  [3 as const, 0.5, 0.8],
  [3 as const, 0.9, 0.9],
  [5 as const, 0.98, 0.98],
])('level %d with baseline %s is tested at %d', (level, baseline, p0) => {
  expect(nullAcceptability(level, baseline)).toEqual({ ok: true, value: p0 })
})

test('a baseline above 0.98 is refused', () => {
  expect(nullAcceptability(3, 0.981)).toEqual({
    ok: false,
    error: { kind: 'baseline_untestable', p0: 0.981, highest: 0.98 },
  })
})

test.each([
  [1, 3 as const, 20],
  [2, 4 as const, 60],
  [3, 3 as const, 120],
  [4, 3 as const, 200],
  [1, 5 as const, 40],
  [2, 5 as const, 120],
])('epoch %d, level %d: E must reach %d', (epoch, level, expected) => {
  expect(threshold(epoch, level)).toBe(expected)
})

test.each([
  [16, 1, 3 as const, false],
  [17, 1, 3 as const, true],
  [22, 2, 3 as const, false],
  [23, 2, 3 as const, true],
  [20, 1, 5 as const, false],
  [21, 1, 5 as const, true],
])('%d successes at .80 in epoch %d for level %d: %s', (count, epoch, level, expected) => {
  expect(passes(after(0.8, successes(count)), epoch, level)).toBe(expected)
})

test('only what E is now counts, not what it was', () => {
  expect(passes(after(0.8, [...successes(17), 0]), 1, 3)).toBe(false)
})

it('is the mean of the plain products', () => {
  const outcome = fc.constantFrom(0, 0.5, 1)
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 60 }), fc.constantFrom(0.8, 0.88, 0.92), (outcomes, p0) => {
      const products = [0.25, 0.5, 0.75, 0.9, 0.98].map((f) =>
        outcomes.reduce<number>((product, y) => product * (1 + (f / p0) * (y - p0)), 1),
      )
      const mean = products.reduce((sum, product) => sum + product, 0) / 5
      expect(evidence(after(p0, outcomes)) / mean).toBeCloseTo(1, 9)
    }),
  )
})

it('stays finite however often it fails, and grows by every success', () => {
  expect(
    after(
      0.98,
      Array.from({ length: 10_000 }, () => 0),
    ).logs.every(Number.isFinite),
  ).toBe(true)
  expect(evidence(after(0.8, successes(100_000)))).toBe(Number.POSITIVE_INFINITY)
  expect(passes(after(0.8, successes(100_000)), 9, 5)).toBe(true)
})

describe('of 2,000 simulated cells at p = p0 the promoted share stays under alpha plus three standard errors (law 8)', {
  timeout: 30_000,
}, () => {
  test.each([
    [0.8, 3 as const, 0.05, 11],
    [0.88, 4 as const, 0.05, 12],
    [0.92, 5 as const, 0.025, 13],
  ])('p0 = %d', (p0, level, alpha, seed) => {
    const random = createRandom(seed)
    const cells = 2_000
    let promoted = 0
    for (let cell = 0; cell < cells; cell += 1) if (everPasses(p0, level, () => random.next())) promoted += 1
    expect(promoted / cells).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / cells))
    // The bound is close to what happens: a test that never passes would not protect anybody either.
    expect(promoted / cells).toBeGreaterThan(alpha / 4)
  })
})

/** Whether a cell of this acceptability is ever promoted within 1,000 decisions, looked at after each. */
function everPasses(p: number, level: 3 | 4 | 5, next: () => number): boolean {
  let run = startPromotionTest(p)
  for (let decision = 0; decision < 1_000; decision += 1) {
    run = observeOutcome(run, next() < p ? 1 : 0)
    if (passes(run, 1, level)) return true
  }
  return false
}
