import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { ScoreSums } from '../../../core/domain/trust/day-sums.ts'
import {
  type Concern,
  concernsHighAutonomy,
  NO_PENALTY,
  penaltyFor,
  penaltyPoints,
  repay,
  restorePenalty,
} from '../../../core/domain/trust/penalty.ts'
import { scoreOf } from '../../../core/domain/trust/score.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`the published rejection ${WHERE_ABSENT}`, () => {
  test('60 approvals, one major rejection, 15 clean decisions', () => {
    const expected = trustVectors?.highAutonomyRejection
    const none = { kind: 'not_applicable' } as const
    const sums: ScoreSums = { approvals: 60, rejections: 0, editQuality: 58, timeConfidence: 50, severity: 0 }
    const before = scoreOf(sums, none).shown
    const rejected = { ...sums, rejections: 1, severity: 1 }
    const recomputed = scoreOf(rejected, none).base
    const penalty = penaltyFor(before, recomputed)
    const repaid = Array.from({ length: 15 }).reduce<typeof penalty>((left) => repay(left), penalty)
    const later = { ...rejected, approvals: 75, editQuality: 73, timeConfidence: 62.5 }
    const found = {
      before,
      recomputed,
      shown: scoreOf(rejected, none, penaltyPoints(penalty)).shown,
      penalty: penalty.points,
      after15CleanBase: scoreOf(later, none).base,
      after15CleanShown: scoreOf(later, none, penaltyPoints(repaid)).shown,
    }
    for (const [name, value] of Object.entries(found)) {
      expect([
        name,
        Math.abs(value - (Object.entries(expected ?? {}).find(([key]) => key === name)?.[1] ?? 0)),
      ]).toEqual([name, expect.closeTo(0, 4)])
    }
  })
})

test.each<[string, Concern, boolean]>([
  ['ran at level 4', { ranAtLevel: 4, daysSinceHighAutonomy: null }, true],
  ['ran at level 5', { ranAtLevel: 5, daysSinceHighAutonomy: null }, true],
  ['ran at level 3', { ranAtLevel: 3, daysSinceHighAutonomy: null }, false],
  ['a recommendation', { ranAtLevel: null, daysSinceHighAutonomy: null }, false],
  ['the day it was left', { ranAtLevel: null, daysSinceHighAutonomy: 0 }, true],
  ['30 days after it was left', { ranAtLevel: 3, daysSinceHighAutonomy: 30 }, true],
  ['31 days after it was left', { ranAtLevel: 3, daysSinceHighAutonomy: 31 }, false],
])('%s', (_name, concern, expected) => {
  expect(concernsHighAutonomy(concern)).toBe(expected)
})

test.each([
  ['it fell less than 15 by itself', 92, 88, 11],
  ['it fell exactly 15', 92, 77, 0],
  ['it fell more by itself', 92, 70, 0],
  ['an earlier penalty was still there', 77, 88, 26],
])('%s', (_name, before, base, points) => {
  expect(penaltyFor(before, base)).toEqual({ points, cycles: 0 })
})

test.each([
  [0, 12],
  [15, 6],
  [29, 0.4],
  [30, 0],
])('after %d cycles of 30 a penalty of 12 takes %d', (cycles, expected) => {
  expect(penaltyPoints(repay({ points: 12, cycles: 0 }, cycles))).toBeCloseTo(expected, 12)
})

test('nothing is left of a penalty that was repaid, and there is nothing to repay without one', () => {
  expect(repay({ points: 12, cycles: 29 })).toBe(NO_PENALTY)
  expect(repay(NO_PENALTY)).toBe(NO_PENALTY)
})

test.each([
  ['none before', NO_PENALTY, 7, NO_PENALTY],
  ['one before, repaid on', { points: 12, cycles: 5 }, 7, { points: 12, cycles: 12 }],
  ['one before, repaid meanwhile', { points: 12, cycles: 25 }, 7, NO_PENALTY],
])('restored after an outside reason: %s', (_name, before, cycles, expected) => {
  expect(restorePenalty(before, cycles)).toEqual(expected)
})

it('lowers the shown score by at least 15, to not less than 0 (law 5)', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const sums = fc
    .record({ approvals: fc.nat({ max: 200 }), rejections: fc.nat({ max: 30 }), q: share, c: share, earlier: share })
    .map(({ approvals, rejections, q, c, earlier }) => ({
      sums: { approvals, rejections, editQuality: approvals * q, timeConfidence: approvals * c, severity: rejections },
      earlier: 30 * earlier,
    }))
  fc.assert(
    fc.property(sums, fc.constantFrom(0.25, 0.5, 1, 2), ({ sums: before, earlier }, severity) => {
      const attribution = { kind: 'pending' } as const
      const shown = scoreOf(before, attribution, earlier).shown
      const after = { ...before, rejections: before.rejections + 1, severity: before.severity + severity }
      const penalty = penaltyFor(shown, scoreOf(after, attribution).base)
      const now = scoreOf(after, attribution, penaltyPoints(penalty)).shown
      expect(now).toBeLessThanOrEqual(Math.max(0, shown - 15) + 1e-9)
      expect(now).toBeGreaterThanOrEqual(0)
    }),
  )
})
