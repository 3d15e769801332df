import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { discoveries } from '../../../core/domain/trust/false-discovery.ts'

test.each<[string, readonly number[], readonly boolean[]]>([
  ['none', [], []],
  ['one cell needs what it would alone', [10, 9.9].slice(0, 1), [true]],
  ['one cell with too little', [9.9], [false]],
  ['two cells: 20 for one', [20, 1], [true, false]],
  ['two cells: 10 for both', [10, 10], [true, true]],
  ['two cells with too little', [19, 9], [false, false]],
  ['a strong one does not carry a weak one', [1000, 5, 14], [true, false, false]],
  ['three of four at 4 / (0.1 × 3)', [13.4, 13.4, 13.4, 1], [true, true, true, false]],
])('%s', (_name, evidences, expected) => {
  expect(discoveries(evidences, 0.1)).toEqual(expected)
})

it('reports what each cell would pass alone with Bonferroni, and nothing below 1 / alpha', () => {
  const values = fc.array(fc.double({ min: 0, max: 1_000, noNaN: true }))
  fc.assert(
    fc.property(values, (evidences) => {
      discoveries(evidences, 0.1).forEach((isReported, at) => {
        const e = evidences[at] ?? 0
        if (e >= (evidences.length / 0.1) * (1 + 1e-12)) expect(isReported).toBe(true)
        if (e < 10 - 1e-9) expect(isReported).toBe(false)
      })
    }),
  )
})
