import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Band } from '../../core/domain/band.ts'
import {
  type CeilingEvidence,
  ceilingOf,
  type CeilingReason,
  ceilingWithReason,
  type Level,
} from '../../core/domain/ceiling.ts'
import type { Risk, Undo } from '../../core/domain/effect.ts'

/** Trust model 5.5, by risk, for small and medium bands; a large band takes the row below. */
const ROWS: readonly (readonly [Risk, Readonly<Record<Undo, Level>>, Readonly<Record<Undo, Level>>])[] = [
  ['low', { exact: 5, compensating: 4, held: 4, none: 2 }, { exact: 4, compensating: 3, held: 3, none: 2 }],
  ['medium', { exact: 4, compensating: 3, held: 3, none: 2 }, { exact: 3, compensating: 2, held: 2, none: 2 }],
  ['high', { exact: 3, compensating: 2, held: 2, none: 2 }, { exact: 3, compensating: 2, held: 2, none: 2 }],
]
const UNDOS = ['exact', 'compensating', 'held', 'none'] as const

const cases = ROWS.flatMap(([risk, usual, large]) =>
  UNDOS.flatMap((undo): [Risk, Undo, Band, Level][] => [
    [risk, undo, 'small', usual[undo]],
    [risk, undo, 'medium', usual[undo]],
    [risk, undo, 'large', large[undo]],
  ]),
)

test.each(cases)('%s risk, undo %s, %s band: level %i at most', (risk, undo, band, level) => {
  expect(ceilingOf(risk, undo, band)).toBe(level)
})

const plain: CeilingEvidence = {
  risk: 'low',
  undo: 'exact',
  band: 'small',
  isAlwaysAPerson: false,
  hardConstraint: null,
  isNewGround: false,
  outcomesAgeDays: null,
  isDataPoor: false,
}
const constraint = (allowed: Level | null): Partial<CeilingEvidence> => ({ hardConstraint: { allowed } })

test.each<[string, Partial<CeilingEvidence>, Level, CeilingReason, boolean]>([
  ['nothing but risk and undo', {}, 5, 'risk_and_undo', false],
  ['always a person', { isAlwaysAPerson: true }, 2, 'always_a_person', false],
  ['a hard constraint', constraint(null), 2, 'hard_constraint', false],
  ['a hard constraint that owners relaxed', constraint(3), 3, 'hard_constraint', false],
  ['a hard constraint that owners relaxed fully', constraint(5), 4, 'hard_constraint', false],
  ['a hard constraint that owners tightened', constraint(1), 1, 'hard_constraint', false],
  ['new ground', { isNewGround: true }, 2, 'new_ground', false],
  ['outcomes of 7 days ago', { outcomesAgeDays: 7 }, 5, 'risk_and_undo', false],
  ['outcomes of 8 days ago', { outcomesAgeDays: 8 }, 3, 'stale_outcomes', true],
  ['poor data', { isDataPoor: true }, 3, 'poor_data', true],
  ['poor data where the ceiling is lower', { isDataPoor: true, undo: 'none' }, 2, 'risk_and_undo', true],
  ['new ground where nothing can be undone', { isNewGround: true, undo: 'none' }, 2, 'risk_and_undo', false],
  ['new ground and stale outcomes', { isNewGround: true, outcomesAgeDays: 9 }, 2, 'new_ground', true],
])('%s', (_name, given, level, reason, isPromotionPaused) => {
  expect(ceilingWithReason({ ...plain, ...given })).toEqual({ level, reason, isPromotionPaused })
})

it('never lies above risk and undo, whatever the other rules say', () => {
  const evidence = fc.record<CeilingEvidence>({
    risk: fc.constantFrom('low', 'medium', 'high'),
    undo: fc.constantFrom(...UNDOS),
    band: fc.constantFrom('small', 'medium', 'large'),
    isAlwaysAPerson: fc.boolean(),
    hardConstraint: fc.option(fc.record({ allowed: fc.option(fc.constantFrom<Level>(1, 2, 3, 4, 5)) })),
    isNewGround: fc.boolean(),
    outcomesAgeDays: fc.option(fc.nat({ max: 20 })),
    isDataPoor: fc.boolean(),
  })
  fc.assert(
    fc.property(evidence, (given) => {
      const { level } = ceilingWithReason(given)
      expect(level).toBeLessThanOrEqual(ceilingOf(given.risk, given.undo, given.band))
      if (given.isAlwaysAPerson || given.isNewGround) expect(level).toBeLessThanOrEqual(2)
      if (given.hardConstraint) expect(level).toBeLessThan(5)
    }),
  )
})
