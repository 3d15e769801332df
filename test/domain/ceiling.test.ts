import { expect, test } from 'vitest'
import type { Band } from '../../core/domain/band.ts'
import { ceilingOf, type Level } from '../../core/domain/ceiling.ts'
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
