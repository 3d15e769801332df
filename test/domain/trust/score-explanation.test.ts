import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { countDecision } from '../../../core/domain/trust/counted-decision.ts'
import { addDecision, type DaySums, NO_SUMS, scoreSums } from '../../../core/domain/trust/day-sums.ts'
import { NO_PENALTY, penaltyPoints } from '../../../core/domain/trust/penalty.ts'
import { scoreOf } from '../../../core/domain/trust/score.ts'
import { cleanApprovalsTo, mostInfluential } from '../../../core/domain/trust/score-explanation.ts'
import { anyEvent, cleanApproval, rejectionOf } from '../../support/any-decision.ts'

const NONE = { kind: 'not_applicable' } as const
const clean = (count: number): DaySums =>
  Array.from({ length: count }, () => cleanApproval()).reduce(addDecision, NO_SUMS)

test('a critical rejection moves a score most, and downwards', () => {
  const decisions = [
    { id: 'fine', decision: cleanApproval() },
    { id: 'critical', decision: rejectionOf('critical') },
    { id: 'mild', decision: rejectionOf('preference') },
    { id: 'nothing', decision: countDecision({ kind: 'expired' }) },
  ]
  const window = decisions.reduce((sums, { decision }) => addDecision(sums, decision), clean(30))
  const influences = mostInfluential(window, NONE, decisions)
  expect(influences.map(({ id }) => id)).toEqual(['critical', 'mild', 'fine'])
  expect(influences.map(({ points }) => points < 0)).toEqual([true, true, false])
  expect(mostInfluential(window, NONE, decisions, 4)[3]).toEqual({ id: 'nothing', points: 0 })
})

test.each([
  ['from nothing to 60', 60, clean(0), NO_PENALTY, 6],
  ['from four to 60', 60, clean(4), NO_PENALTY, 2],
  ['already there', 60, clean(6), NO_PENALTY, 0],
  ['from twenty to 85', 85, clean(20), NO_PENALTY, 1],
  ['beyond what can be', 100, clean(6), NO_PENALTY, null],
])('%s', (_name, target, window, penalty, expected) => {
  expect(cleanApprovalsTo(target, scoreSums(window), NONE, penalty)).toBe(expected)
})

test('a penalty is repaid on the way', () => {
  const penalty = { points: 12, cycles: 0 }
  const more = cleanApprovalsTo(85, scoreSums(clean(50)), NONE, penalty)
  // 50 clean give 93.4: the penalty must fall to what is above 85, a little less each time as the base grows.
  expect(more).toBeGreaterThan(5)
  expect(more).toBeLessThan(30 * (1 - (93.4 - 85) / 12) + 1)
})

it('is the first number that reaches the target', () => {
  const window = fc.array(anyEvent).map((events) => events.map(countDecision).reduce(addDecision, NO_SUMS))
  const penalty = fc.record({ points: fc.integer({ min: 0, max: 30 }), cycles: fc.constant(0) })
  fc.assert(
    fc.property(window, fc.constantFrom(60, 85), penalty, (sums, target, left) => {
      const count = cleanApprovalsTo(target, scoreSums(sums), NONE, left)
      const shown = (more: number): number => {
        const then = Array.from({ length: more }, () => cleanApproval()).reduce(addDecision, sums)
        const points = left.points * Math.max(0, 1 - more / 30)
        return scoreOf(scoreSums(then), NONE, points).shown
      }
      if (count === null) expect(shown(1_000)).toBeLessThan(target)
      else {
        expect(shown(count)).toBeGreaterThanOrEqual(target - 1e-9)
        if (count > 0) expect(shown(count - 1)).toBeLessThan(target)
        else expect(scoreOf(scoreSums(sums), NONE, penaltyPoints(left)).shown).toBeGreaterThanOrEqual(target)
      }
    }),
    { numRuns: 50 },
  )
})
