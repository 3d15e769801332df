import { describe, expect, test } from 'vitest'
import { attributionSignal } from '../../../core/domain/trust/attribution-signal.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published estimates ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.attributionSignal ?? [])('lift $lift, se $se', ({ lift, se, signal }) => {
    expect(attributionSignal({ kind: 'estimate', lift, standardError: se })).toBeCloseTo(signal, 4)
  })
})

const estimate = (lift: number, standardError: number) => ({ kind: 'estimate', lift, standardError }) as const

test.each([
  ['not applicable', { kind: 'not_applicable' } as const, null],
  ['pending', { kind: 'pending' } as const, 0.5],
  ['no lift', estimate(0, 0.05), 0.5],
  ['no lift for certain', estimate(0, 0), 0.5],
  ['a lift for certain', estimate(0.01, 0), 1],
  ['a loss for certain', estimate(-0.01, 0), 0],
  ['the smallest loss for certain', estimate(-Number.MIN_VALUE, 0), 0],
  ['a lift beside the smallest error', estimate(0.01, Number.MIN_VALUE), 1],
  ['nothing known of the error', estimate(0.5, Number.POSITIVE_INFINITY), 0.5],
  // mu / sd = 0.1 × 0.1 / (0.1 × √0.02) = 1 / √2
  ['an error as wide as the prior', estimate(0.1, 0.1), 0.760249938906523],
])('%s', (_name, attribution, expected) => {
  const signal = attributionSignal(attribution)
  if (expected === null) expect(signal).toBeNull()
  else expect(signal).toBeCloseTo(expected, 12)
})
