import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import { levelInForce } from '../../../core/domain/level.ts'
import { atLevel } from '../../../core/domain/trust/cell-state.ts'
import { covers } from '../../../core/domain/trust/consent.ts'
import { promote } from '../../../core/domain/trust/promote.ts'
import { EARNED_LEVELS } from '../../../core/domain/trust/promotion-test.ts'
import { everythingHolds, explicit, standing } from '../../support/gate-evidence.ts'

test.each(EARNED_LEVELS)('to level %d where every gate holds, with drift from 0', (to) => {
  const evidence = everythingHolds(to)
  expect(promote(to, { ...evidence, cell: { ...evidence.cell, drift: 1 } })).toEqual({
    ok: true,
    value: { ...evidence.cell, level: to, drift: 0 },
  })
})

test('levels are earned one at a time, and not twice', () => {
  const evidence = everythingHolds(3)
  expect(promote(4, { ...evidence, consent: explicit(4) })).toEqual({
    ok: false,
    error: { kind: 'not_the_next_level', level: 2, to: 4 },
  })
  expect(promote(3, { ...evidence, cell: atLevel(evidence.cell, 3) })).toMatchObject({
    error: { kind: 'not_the_next_level' },
  })
})

test('what is missing is named', () => {
  const refused = promote(3, { ...everythingHolds(3), score: 10, consent: null })
  expect(
    refused.ok ? [] : refused.error.kind === 'gates_missing' && refused.error.missing.map(({ name }) => name),
  ).toEqual(['score', 'consent'])
})

const levels = fc.constantFrom<Level>(1, 2, 3, 4, 5)

it('never happens without a consent that covers it, nor above the ceiling (law 7)', () => {
  const to = fc.constantFrom(...EARNED_LEVELS)
  const consent = fc.oneof(
    fc.constant(null),
    to.map(explicit),
    fc.tuple(to, fc.boolean()).map(([up, gone]) => standing(up, gone)),
  )
  fc.assert(
    fc.property(to, consent, levels, (step, given, ceiling) => {
      const evidence = everythingHolds(step)
      const promoted = promote(step, { ...evidence, consent: given, place: { ...evidence.place, ceiling } })
      expect(promoted.ok).toBe(covers(given, step) && step <= ceiling)
    }),
  )
})

it('never puts a level in force above the ceiling (law 7)', () => {
  fc.assert(
    fc.property(levels, levels, levels, fc.boolean(), (grant, ceiling, policy, locked) => {
      const { level } = levelInForce({
        grant,
        tier: 'autonomous',
        ceiling,
        policy,
        isChangedAgent: false,
        isReturning: false,
        locked,
      })
      expect(level).toBeLessThanOrEqual(ceiling)
    }),
  )
})
