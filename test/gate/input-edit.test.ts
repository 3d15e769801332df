import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { editClass } from '../../core/domain/trust/edit-distance.ts'
import { inputEdit } from '../../core/gate/input-edit.ts'
import type { Field, Input } from '../../core/ports/kind.ts'

const field = (name: string, type: Field['type'], given: Partial<Field> = {}): Field => ({
  name,
  label: name,
  type,
  required: false,
  editable: true,
  cosmetic: false,
  ...given,
})

const FIELDS = [
  field('subject', 'text'),
  field('body', 'long_text'),
  field('budget', 'number'),
  field('stage', 'choice'),
  field('tags', 'list'),
  field('label', 'text', { cosmetic: true }),
  field('contactId', 'text', { editable: false }),
]

const LONG = Array.from({ length: 60 }, (_, at) => `word${String.fromCodePoint(97 + (at % 26))}`).join(' ')

test.each<[string, Input, Input, string]>([
  ['untouched', { subject: 'Hello' }, { subject: 'Hello' }, 'none'],
  ['a word of a headline', { subject: 'Book your visit' }, { subject: 'Reserve your visit' }, 'minor'],
  ['a word of a long text', { body: LONG }, { body: `${LONG} more` }, 'cosmetic'],
  ['a price', { body: `${LONG} for 20%` }, { body: `${LONG} for 10%` }, 'moderate'],
  ['nothing left of the text', { body: LONG }, { body: '' }, 'rewrite'],
  ['half the budget', { budget: 100 }, { budget: 50 }, 'rewrite'],
  ['a little of the budget, beside a long text', { body: LONG, budget: 100 }, { body: LONG, budget: 90 }, 'minor'],
  ['one of two other choices', { budget: 100, stage: 'a' }, { budget: 100, stage: 'b' }, 'rewrite'],
  ['one of three tags', { tags: ['a', 'b', 'c'] }, { tags: ['a', 'b'] }, 'moderate'],
  ['the same tags in another order', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }, 'none'],
  ['what is of no consequence', { label: 'one' }, { label: 'two' }, 'none'],
  ['what cannot be edited', { contactId: '1' }, { contactId: '2' }, 'none'],
  ['a field that came', { budget: 1 }, { budget: 1, stage: 'b' }, 'rewrite'],
  ['everything gone', { budget: 1 }, {}, 'rewrite'],
])('%s', (_name, before, after, expected) => {
  expect(editClass(inputEdit(FIELDS, before, after))).toBe(expected)
})

it('lies between 0 and 1, and is 0 where nothing changed', () => {
  const input = fc.record(
    {
      subject: fc.string(),
      body: fc.string(),
      budget: fc.double({ noNaN: true, noDefaultInfinity: true }),
      stage: fc.string(),
      tags: fc.array(fc.string()),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(input, input, (before, after) => {
      const { distance } = inputEdit(FIELDS, before, after)
      expect(distance).toBeGreaterThanOrEqual(0)
      expect(distance).toBeLessThanOrEqual(1)
      expect(inputEdit(FIELDS, before, before)).toEqual({ distance: 0, emptied: false })
    }),
  )
})
