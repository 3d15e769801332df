import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import {
  compareWithBaseline,
  type ComparisonVerdict,
  hasHeld,
  type Side,
} from '../../../core/domain/rollout/compare-with-baseline.ts'

const side = (overridden: number, judged: number): Side => ({
  runs: judged,
  judged,
  overridden,
  timed: 0,
  reviewMinutes: 0,
})

test.each<[string, Side, Side, ComparisonVerdict]>([
  ['nothing at all', side(0, 0), side(0, 0), 'too_few_to_say'],
  ['nine are too few, whatever they say', side(0, 30), side(9, 9), 'too_few_to_say'],
  ['nine before are too few', side(9, 9), side(0, 30), 'too_few_to_say'],
  // The upper bound is 0.0521 + 1.64 × 0.0857 = 0.19.
  ['ten without one overridden are not enough', side(0, 30), side(0, 10), 'too_few_to_say'],
  // 1.64 × sqrt(2 × 31/32² / 32) = 0.0714.
  ['thirty of each are', side(0, 30), side(0, 30), 'not_worse'],
  // Pooled 0.05, z = -0.1 / sqrt(0.0475 × 2/30) = -1.78.
  ['three fewer of thirty', side(3, 30), side(0, 30), 'better'],
  ['three more of thirty', side(0, 30), side(3, 30), 'worse'],
  // z = 1.44, and the upper bound of the rise is far above 10 points.
  ['two more of thirty', side(0, 30), side(2, 30), 'too_few_to_say'],
  ['the same, often', side(50, 1000), side(50, 1000), 'not_worse'],
  ['all overridden on both sides', side(30, 30), side(30, 30), 'not_worse'],
  ['a little more, often', side(20, 1000), side(40, 1000), 'worse'],
])('%s', (_name, baseline, autonomous, verdict) => {
  expect(compareWithBaseline(baseline, autonomous).verdict).toBe(verdict)
})

it('tells shares, the bound and the counts', () => {
  const found = compareWithBaseline(side(3, 30), { ...side(0, 30), runs: 41 })
  expect(found).toMatchObject({ baselineShare: 0.1, autonomousShare: 0 })
  const [before, since] = [4 / 32, 1 / 32]
  const error = Math.sqrt((before * (1 - before) + since * (1 - since)) / 32)
  expect(found.riseAtMost).toBeCloseTo(since - before + 1.64 * error, 12)
  expect(found.says).toBe(
    'Better than with approvals. Overridden before: 3 of 30 that were looked at; since it acts by itself: 0 of 30 that were looked at, of 41 runs.',
  )
})

it('has no shares where nobody looked', () => {
  expect(compareWithBaseline(side(0, 0), side(1, 4))).toMatchObject({
    baselineShare: null,
    autonomousShare: 0.25,
    riseAtMost: null,
  })
  expect(compareWithBaseline(side(1, 4), side(0, 0))).toMatchObject({ autonomousShare: null, riseAtMost: null })
})

test.each<[ComparisonVerdict | null, boolean]>([
  ['better', true],
  ['not_worse', true],
  ['worse', false],
  ['too_few_to_say', false],
  [null, false],
])('%s has held: %s', (verdict, held) => expect(hasHeld(verdict)).toBe(held))

it('never gets better by one more override', () => {
  const order: readonly ComparisonVerdict[] = ['better', 'not_worse', 'too_few_to_say', 'worse']
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.integer({ min: 10, max: 200 }), fc.nat(199), (good, bad, judged, over) => {
      const baseline = side(bad, good + bad)
      const overridden = Math.min(over, judged - 1)
      const place = (more: number): number =>
        order.indexOf(compareWithBaseline(baseline, side(overridden + more, judged)).verdict)
      expect(place(1)).toBeGreaterThanOrEqual(place(0))
    }),
  )
})
