import { describe, expect, it, test } from 'vitest'
import type { Json } from '../../core/domain/canonical.ts'
import { asText, type Difference, differencesBetween, type Named } from '../../core/domain/differences.ts'

const named = (label: string, value: Json): Named => ({ label, value, text: asText(value) })

describe('differencesBetween', () => {
  test.each<[string, readonly Named[], readonly Named[], readonly Difference[]]>([
    ['nothing and nothing', [], [], []],
    ['the same', [named('Subject', 'a')], [named('Subject', 'a')], []],
    ['another value', [named('Subject', 'a')], [named('Subject', 'b')], [{ label: 'Subject', was: 'a', is: 'b' }]],
    ['something new', [], [named('Subject', 'b')], [{ label: 'Subject', was: '', is: 'b' }]],
    ['something that went', [named('Subject', 'a')], [], [{ label: 'Subject', was: 'a', is: '' }]],
    ['the same in another order', [named('A', 1), named('B', 2)], [named('B', 2), named('A', 1)], []],
    ['the same object in another order of keys', [named('A', { x: 1, y: 2 })], [named('A', { y: 2, x: 1 })], []],
    ['a list in another order', [named('A', [1, 2])], [named('A', [2, 1])], [{ label: 'A', was: '1, 2', is: '2, 1' }]],
    ['a number that became text', [named('A', 1)], [named('A', '1')], [{ label: 'A', was: '1', is: '1' }]],
    [
      'in the order of the second list, what went last',
      [named('Gone', 'x'), named('A', 1), named('B', 2)],
      [named('New', 'n'), named('B', 3), named('A', 4)],
      [
        { label: 'New', was: '', is: 'n' },
        { label: 'B', was: '2', is: '3' },
        { label: 'A', was: '1', is: '4' },
        { label: 'Gone', was: 'x', is: '' },
      ],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(differencesBetween(before, after)).toEqual(expected)
  })

  it('does not count another wording of the same value', () => {
    const before = { label: 'People', value: 1200, text: '1,200' }
    expect(differencesBetween([before], [{ ...before, text: '1.200' }])).toEqual([])
  })
})

describe('asText', () => {
  test.each<[Json | undefined, string]>([
    [undefined, ''],
    [null, ''],
    ['', ''],
    ['Whitening week', 'Whitening week'],
    [0, '0'],
    [12.5, '12.5'],
    [true, 'yes'],
    [false, 'no'],
    [[], ''],
    [['a', 2, true], 'a, 2, yes'],
    [{ city: 'Denver', open: false }, 'city: Denver, open: no'],
    [{ names: ['a', 'b'], none: null }, 'names: a, b, none: '],
  ])('%j', (value, text) => {
    expect(asText(value)).toBe(text)
  })
})
