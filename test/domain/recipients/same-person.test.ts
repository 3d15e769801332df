import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { samePerson } from '../../../core/domain/recipients/same-person.ts'

const nobody = new Map<string, string>()

describe('records of one person', () => {
  test.each([
    ['no record', [], nobody, []],
    ['one without an identifier belongs to nobody', [[]], nobody, []],
    ['a new person', [['mail']], nobody, [{ people: [], identifiers: ['mail'], records: [0] }]],
    [
      'two strangers stay two',
      [['a'], ['b']],
      nobody,
      [
        { people: [], identifiers: ['a'], records: [0] },
        { people: [], identifiers: ['b'], records: [1] },
      ],
    ],
    [
      'a shared phone joins two addresses',
      [
        ['a', 'phone'],
        ['b', 'phone'],
      ],
      nobody,
      [{ people: [], identifiers: ['a', 'phone', 'b'], records: [0, 1] }],
    ],
    [
      'a known address brings a phone along',
      [['a', 'phone']],
      new Map([['a', 'per_1']]),
      [{ people: ['per_1'], identifiers: ['a', 'phone'], records: [0] }],
    ],
    [
      'two known people turn out to be one, the older first',
      [['a', 'phone']],
      new Map([
        ['a', 'per_2'],
        ['phone', 'per_1'],
      ]),
      [{ people: ['per_1', 'per_2'], identifiers: ['a', 'phone'], records: [0] }],
    ],
    [
      'two records of one known person, without a shared identifier',
      [['a'], ['phone']],
      new Map([
        ['a', 'per_1'],
        ['phone', 'per_1'],
      ]),
      [{ people: ['per_1'], identifiers: ['a', 'phone'], records: [0, 1] }],
    ],
  ])('%s', (_name, records, known, expected) => {
    expect(samePerson(records, known)).toEqual(expected)
  })

  it('puts every record with an identifier into exactly one group, and no identifier into two', () => {
    const record = fc.array(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const groups = samePerson(records, nobody)
        const places = groups.flatMap((group) => group.records).toSorted((a, b) => a - b)
        expect(places).toEqual(records.flatMap((one, at) => (one.length > 0 ? [at] : [])))
        const identifiers = groups.flatMap((group) => group.identifiers)
        expect(new Set(identifiers).size).toBe(identifiers.length)
      }),
    )
  })
})
