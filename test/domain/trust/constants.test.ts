import { describe, expect, test } from 'vitest'
import { gateLimits } from '../../../core/domain/trust/gate.ts'
import { penaltyFor, penaltyPoints } from '../../../core/domain/trust/penalty.ts'
import { nullAcceptability } from '../../../core/domain/trust/promotion-test.ts'
import { scoreOf } from '../../../core/domain/trust/score.ts'
import { observedUntil, staleFrom } from '../../../core/domain/trust/staleness.ts'
import { tierOf } from '../../../core/domain/trust/tier.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published constants ${WHERE_ABSENT}`, () => {
  const constants = trustVectors?.constants

  test('the weights of the signals', () => {
    const none = { approvals: 0, rejections: 0, editQuality: 0, timeConfidence: 0, severity: 0 }
    const { contributions } = scoreOf(none, { kind: 'pending' })
    expect(Object.fromEntries(contributions.map(({ signal, most }) => [signal, most / 100]))).toEqual(
      constants?.weights,
    )
  })

  test('nulls and counts of the steps', () => {
    const p0 = ([3, 4, 5] as const).map((level) => nullAcceptability(level, null))
    expect(p0).toEqual([constants?.p0.L3, constants?.p0.L4, constants?.p0.L5].map((value) => ({ ok: true, value })))
    expect(gateLimits(3)).toMatchObject({ cycles: constants?.counts.cycles, correct: constants?.counts.L3 })
    expect(gateLimits(4)).toMatchObject({ cycles: null, correct: constants?.counts.L4 })
    expect(gateLimits(5)).toMatchObject({ cycles: null, correct: constants?.counts.L5 })
  })

  test('tiers, the drop and its repayment', () => {
    expect(tierOf(constants?.tiers.notify ?? 0)).toBe('notify')
    expect(tierOf(constants?.tiers.autonomous ?? 0)).toBe('autonomous')
    expect(penaltyFor(92, 92).points).toBe(constants?.highAutonomyDrop)
    expect(penaltyPoints({ points: 15, cycles: constants?.penaltyRepayCycles ?? 0 })).toBe(0)
    expect(penaltyPoints({ points: 15, cycles: (constants?.penaltyRepayCycles ?? 0) - 1 })).toBeGreaterThan(0)
  })

  test('days', () => {
    expect(staleFrom(0)).toBe(constants?.windowDays)
    expect(observedUntil(0)).toBe(constants?.observeDays)
  })
})
