import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { countDecision } from '../../../core/domain/trust/counted-decision.ts'
import {
  addDecision,
  addScoreSums,
  type DaySums,
  mergeDays,
  NO_SUMS,
  scoreSums,
  subtractDecision,
} from '../../../core/domain/trust/day-sums.ts'
import { anyEvent, cleanApproval, rejectionOf } from '../../support/any-decision.ts'

const sumsOf = (...decisions: Parameters<typeof addDecision>[1][]): DaySums => decisions.reduce(addDecision, NO_SUMS)

test('a full approval, a silent one, a rejection, and what weighs nothing', () => {
  const sums = sumsOf(
    cleanApproval(0.8),
    countDecision({ kind: 'unseen' }),
    rejectionOf('preference'),
    countDecision({ kind: 'expired' }),
  )
  expect(sums).toEqual({
    decisions: 3,
    approvalQuarters: 4 + 1,
    rejections: 1,
    qualityQuarterMicros: 4_000_000 + 1_000_000,
    confidenceQuarterMicros: 4 * 800_000 + 500_000,
    severityMicros: 250_000,
  })
  expect(scoreSums(sums)).toEqual({
    approvals: 1.25,
    rejections: 1,
    editQuality: 1.25,
    timeConfidence: 0.8 + 0.125,
    severity: 0.25,
  })
})

test('decisions of an earlier version weigh their factor', () => {
  const old = scoreSums(sumsOf(cleanApproval(), cleanApproval(), rejectionOf('critical')), 0.5)
  expect(old).toEqual({ approvals: 1, rejections: 0.5, editQuality: 1, timeConfidence: 1, severity: 1 })
  expect(addScoreSums([old, scoreSums(sumsOf(cleanApproval()))])).toEqual({
    approvals: 2,
    rejections: 0.5,
    editQuality: 2,
    timeConfidence: 2,
    severity: 1,
  })
})

const decisions = fc.array(anyEvent.map(countDecision), { maxLength: 30 })

it('comes out the same in any order and any division into days', () => {
  fc.assert(
    fc.property(decisions, fc.nat(), (all, cut) => {
      const at = cut % (all.length + 1)
      const parts = [sumsOf(...all.slice(at)), sumsOf(...all.slice(0, at))]
      expect(mergeDays(parts)).toEqual(sumsOf(...all.toReversed()))
    }),
  )
})

it('is whole numbers, and taking back what was added leaves what was there', () => {
  fc.assert(
    fc.property(decisions, anyEvent.map(countDecision), (all, one) => {
      const before = sumsOf(...all)
      expect(Object.values(before).every(Number.isSafeInteger)).toBe(true)
      expect(subtractDecision(addDecision(before, one), one)).toEqual(before)
    }),
  )
})
