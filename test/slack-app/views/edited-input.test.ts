import { expect, it, test } from 'vitest'
import type { Field, Input } from '../../../core/ports/kind.ts'
import { editedInput, type Entered } from '../../../slack-app/views/edited-input.ts'
import { editModal } from '../../../slack-app/views/edit-modal.ts'
import { wordsOf } from '../harness.ts'
import { field } from '../sample.ts'

const edited = (one: Field, before: Input, given: Entered | undefined): Input =>
  editedInput([one], before, (blockId) => (blockId === `field:${one.name}` ? given : undefined))

const options = [
  { value: 'lead', label: 'Lead' },
  { value: 'customer', label: 'Customer' },
]

test.each<[string, Field, Input, Entered | undefined, Input]>([
  ['text changed', field('a', 'text'), { a: 'x' }, { value: 'y' }, { a: 'y' }],
  ['text cleared', field('a', 'text'), { a: 'x' }, { value: null }, {}],
  ['an empty text stays an empty text', field('a', 'text'), { a: '' }, { value: null }, { a: '' }],
  ['an absent text stays absent', field('a', 'text'), {}, { value: null }, {}],
  ['number changed', field('a', 'number'), { a: 5 }, { value: '7.5' }, { a: 7.5 }],
  ['number untouched keeps its type', field('a', 'number'), { a: 5 }, { value: '5' }, { a: 5 }],
  ['number zero is a number', field('a', 'number'), { a: 5 }, { value: '0' }, { a: 0 }],
  ['number cleared', field('a', 'number'), { a: 5 }, { value: null }, {}],
  ['box ticked', field('a', 'boolean'), { a: false }, { selected_options: [{ value: 'true' }] }, { a: true }],
  ['box unticked', field('a', 'boolean'), { a: true }, { selected_options: [] }, { a: false }],
  ['box never there', field('a', 'boolean'), {}, { selected_options: [] }, {}],
  [
    'choice changed',
    field('a', 'choice', { options }),
    { a: 'lead' },
    { selected_option: { value: '1' } },
    { a: 'customer' },
  ],
  ['choice cleared', field('a', 'choice', { options }), { a: 'lead' }, { selected_option: null }, {}],
  ['choice made up', field('a', 'choice', { options }), { a: 'lead' }, { selected_option: { value: '9' } }, {}],
  [
    'time changed',
    field('a', 'date_time'),
    { a: '2026-11-24T13:00:00Z' },
    { selected_date_time: 1795528800 },
    { a: '2026-11-24T14:00:00.000Z' },
  ],
  [
    'time untouched keeps its spelling',
    field('a', 'date_time'),
    { a: '2026-11-24T14:00:00+01:00' },
    { selected_date_time: 1795525200 },
    { a: '2026-11-24T14:00:00+01:00' },
  ],
  ['time cleared', field('a', 'date_time'), { a: '2026-11-24T13:00:00Z' }, { selected_date_time: null }, {}],
  ['list changed', field('a', 'list'), { a: ['x', 'y'] }, { value: 'x\n\n z ' }, { a: ['x', 'z'] }],
  ['list untouched keeps its types', field('a', 'list'), { a: [1, 2] }, { value: '1\n2' }, { a: [1, 2] }],
  ['list cleared', field('a', 'list'), { a: ['x'] }, { value: null }, { a: [] }],
  ['list never there', field('a', 'list'), {}, { value: null }, {}],
  ['a list of things is left alone', field('a', 'list'), { a: [{ b: 1 }] }, { value: 'x' }, { a: [{ b: 1 }] }],
  ['a record is left alone', field('a', 'record'), { a: { b: 1 } }, { value: 'x' }, { a: { b: 1 } }],
  [
    'what points at a thing is left alone',
    field('a', 'text', { editable: false }),
    { a: 'id1' },
    { value: 'id2' },
    { a: 'id1' },
  ],
  [
    'what is too long to edit here is left alone',
    field('a', 'long_text'),
    { a: 'x'.repeat(3_001) },
    { value: 'y' },
    { a: 'x'.repeat(3_001) },
  ],
  ['what was not on the form is left alone', field('a', 'text'), { a: 'x', b: 'z' }, undefined, { a: 'x', b: 'z' }],
])('%s', (_name, one, before, given, after) => {
  expect(edited(one, before, given)).toEqual(after)
})

it('the modal has a real element for each type', () => {
  const fields: readonly Field[] = [
    field('t', 'text'),
    field('l', 'long_text'),
    field('n', 'number', { minimum: 0, maximum: 9 }),
    field('b', 'boolean', { required: true }),
    field('c', 'choice', { options }),
    field('d', 'date_time'),
    field('e', 'email', { required: true }),
    field('i', 'list'),
    field('r', 'record'),
  ]
  const input = {
    t: 'x',
    n: 4,
    b: true,
    c: 'customer',
    d: '2026-11-24T13:00:00Z',
    e: 'a@example.com',
    i: ['x', 'y'],
    r: { deep: 1 },
  }
  const modal = editModal({ fields, input, dryRun: false }, '{}')
  const inputs = modal.blocks.flatMap((block) => (block.type === 'input' ? [block] : []))
  expect(inputs.map((block) => [block.block_id, block.element.type, block.optional])).toEqual([
    ['field:t', 'plain_text_input', true],
    ['field:l', 'plain_text_input', true],
    ['field:n', 'number_input', true],
    ['field:b', 'checkboxes', true],
    ['field:c', 'static_select', true],
    ['field:d', 'datetimepicker', true],
    ['field:e', 'email_text_input', false],
    ['field:i', 'plain_text_input', true],
  ])
  expect(JSON.stringify(inputs[4])).toContain('"initial_option":{"value":"1"')
  expect(JSON.stringify(inputs[7])).toContain('"initial_value":"x\\ny"')
  expect(wordsOf(modal)).toContain('"deep": 1')
})
