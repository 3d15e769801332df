import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { approvalLcb, NOTHING_BORROWED, scoreOf } from '../../../core/domain/trust/score.ts'
import { mayLend, scoreWithTransfer, type TransferSource, transferPrior } from '../../../core/domain/trust/transfer.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

const source: TransferSource = {
  approvals: 78,
  rejections: 2,
  level: 3,
  risk: 'medium',
  daysSinceSeriousError: null,
}

describe.runIf(trustVectors)(`published transfers ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.transfer ?? [])('$ownApprovals own approvals', (row) => {
    const from = { ...source, approvals: row.sourceApprovals, rejections: row.sourceRejections }
    const prior = transferPrior(from, 'low', row.similarity, row.ownApprovals)
    expect(prior.strength).toBeCloseTo(row.pseudo, 4)
    if (row.pseudo > 0) expect(prior.mean).toBeCloseTo(row.sourceLcb, 4)
    expect(approvalLcb(row.ownApprovals, 0, prior)).toBeCloseTo(row.lcb, 4)
    expect(approvalLcb(row.ownApprovals, 0)).toBeCloseTo(row.lcbWithout, 4)
  })
})

test.each<[string, Partial<TransferSource>, 'low' | 'medium' | 'high', boolean]>([
  ['level 3, no error, the same risk', {}, 'medium', true],
  ['a target of less risk', {}, 'low', true],
  ['a target of more risk', {}, 'high', false],
  ['level 2', { level: 2 }, 'low', false],
  ['an error 89 days ago', { daysSinceSeriousError: 89 }, 'low', false],
  ['an error 90 days ago', { daysSinceSeriousError: 90 }, 'low', true],
])('%s', (_name, given, risk, expected) => {
  const from = { ...source, ...given }
  expect(mayLend(from, risk)).toBe(expected)
  expect(transferPrior(from, risk, 0.6, 0) === NOTHING_BORROWED).toBe(!expected)
})

test.each([
  ['at most 5', { ...source, approvals: 500 }, 1, 0, 5],
  ['nothing without a declared similarity', source, 0, 0, 0],
  ['nothing after 20 of its own', source, 0.6, 20, 0],
  ['nothing after more', source, 0.6, 50, 0],
])('%s', (_name, from, similarity, own, strength) => {
  expect(transferPrior(from, 'low', similarity, own).strength).toBe(strength)
})

const sumsOf = (approvals: number, rejections: number) => ({
  approvals,
  rejections,
  editQuality: approvals,
  timeConfidence: approvals,
  severity: rejections,
})

it('never lowers a score, never lifts it to 60, and so never changes a gate (law 6)', () => {
  const prior = fc.record({
    strength: fc.double({ min: 0, max: 5, noNaN: true }),
    mean: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  const attribution = { kind: 'estimate', lift: 1, standardError: 0.01 } as const
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.nat({ max: 20 }), prior, (approvals, rejections, borrowed) => {
      const sums = sumsOf(approvals, rejections)
      const own = scoreOf(sums, attribution).shown
      const shown = scoreWithTransfer(sums, attribution, 0, borrowed)
      expect(shown).toBeGreaterThanOrEqual(own)
      expect(shown >= 60).toBe(own >= 60)
      if (approvals + rejections === 0) expect(shown).toBeLessThanOrEqual(59)
    }),
  )
})
