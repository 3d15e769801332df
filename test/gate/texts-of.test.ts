import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { textsOf } from '../../core/gate/texts-of.ts'

test.each([
  ['a text', 'Whitening week', ['Whitening week']],
  ['fields by their names, however deep', { title: 'b', body: { to: 'd', from: 'c' } }, ['c', 'd', 'b']],
  ['lists as they stand', { list: ['2', '10', { z: '1' }] }, ['2', '10', '1']],
  ['what is no text', { n: 1, no: null, yes: true }, []],
])('finds %s', (_name, value, expected) => {
  expect(textsOf(value)).toEqual(expected)
})

it('gives the same list in whatever order the fields stand', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (fields) => {
      const turned = Object.fromEntries(Object.entries(fields).toReversed())
      expect(textsOf(turned)).toEqual(textsOf(fields))
    }),
  )
})
