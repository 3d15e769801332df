import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type Field, fieldDistance, fieldsEdit } from '../../../core/domain/trust/field-distance.ts'

const number = (value: number): Field => ({ kind: 'number', value })
const category = (value: string | boolean | null): Field => ({ kind: 'category', value })
const set = (...value: string[]): Field => ({ kind: 'set', value })
const text = (value: string): Field => ({ kind: 'text', value })

test.each<[string, Field | undefined, Field | undefined, number]>([
  ['the same number', number(0), number(0), 0],
  ['a budget cut by a fifth', number(100), number(80), 0.2],
  ['a budget raised by a fifth', number(80), number(100), 0.2],
  ['numbers of opposite signs', number(-10), number(10), 1],
  ['from nothing', number(0), number(7), 1],
  ['the same category', category('email'), category('email'), 0],
  ['another category', category(true), category(false), 1],
  ['the same set in another order', set('a', 'b'), set('b', 'a'), 0],
  ['one of three in common', set('a', 'b'), set('b', 'c'), 2 / 3],
  ['two empty sets', set(), set(), 0],
  ['a text', text('Come and see us'), text('Come and visit us'), 0.1],
  ['a field that came', undefined, number(1), 1],
  ['a field that went', number(1), undefined, 1],
  ['a field in neither', undefined, undefined, 0],
  ['a field of another kind', category('1'), text('1'), 1],
])('%s', (_name, before, after, expected) => {
  expect(fieldDistance(before, after)).toBeCloseTo(expected, 12)
})

test('the edit of a payload is the mean over the fields of both', () => {
  const before = { budget: number(100), channel: category('ads'), days: set('mon') }
  const after = { budget: number(50), channel: category('ads'), note: text('x') }
  expect(fieldsEdit(before, after)).toEqual({ distance: (0.5 + 0 + 1 + 1) / 4, emptied: false })
})

test.each([
  ['nothing in either', {}, {}, { distance: 0, emptied: false }],
  ['nothing left', { budget: number(1) }, {}, { distance: 1, emptied: true }],
])('%s', (_name, before, after, expected) => {
  expect(fieldsEdit(before, after)).toEqual(expected)
})

it('stays between 0 and 1 and is the same both ways', () => {
  const field = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(number),
    fc.array(fc.constantFrom('a', 'b', 'c')).map((value) => set(...value)),
    fc.constantFrom('a', 'b').map(category),
  )
  const fields = fc.dictionary(fc.constantFrom('p', 'q', 'r'), field)
  fc.assert(
    fc.property(fields, fields, (before, after) => {
      const { distance } = fieldsEdit(before, after)
      expect(distance).toBeGreaterThanOrEqual(0)
      expect(distance).toBeLessThanOrEqual(1)
      expect(fieldsEdit(after, before).distance).toBeCloseTo(distance, 12)
    }),
  )
})
