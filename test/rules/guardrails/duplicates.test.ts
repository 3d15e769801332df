import { expect, it, test } from 'vitest'
import type { Observed } from '../../../core/rules/guardrails/guardrail.ts'
import { duplicates } from '../../../core/rules/guardrails/duplicates.ts'
import { judge, told } from '../../support/judge.ts'

const rule = { days: 14 }
const at = new Date('2026-02-25T17:00:00Z')

test.each<[string, object, Observed, readonly [string, string, string] | null]>([
  ['nothing like it', rule, { sameText: null }, null],
  [
    'the same',
    rule,
    { sameText: { at } },
    [
      'duplicates',
      'ask',
      'These people had the same text on Wed, Feb 25, 10:00. Another would pass, and this one 14 days after that.',
    ],
  ],
  [
    'the same, within a day',
    { days: 1, outcome: 'block' },
    { sameText: { at: new Date('2026-03-04T07:00:00Z') } },
    [
      'duplicates',
      'block',
      'These people had the same text on Wed, Mar 4, 00:00. Another would pass, and this one a day after that.',
    ],
  ],
  ['the same, longer ago than this rule looks', { days: 6 }, { sameText: { at } }, null],
  [
    'the same, just within it',
    { days: 7 },
    { sameText: { at: new Date('2026-02-25T17:00:01Z') } },
    [
      'duplicates',
      'ask',
      'These people had the same text on Wed, Feb 25, 10:00. Another would pass, and this one 7 days after that.',
    ],
  ],
  [
    'which could not be looked up',
    { days: 14, outcome: 'warn' },
    {},
    [
      'duplicates',
      'ask',
      'Whether these people had the same text within 14 days could not be looked up, so a person decides.',
    ],
  ],
])('%s', (_name, given, observed, expected) => {
  expect(told(judge(duplicates, [given], {}, observed))).toEqual(expected === null ? [] : [expected])
})

test.each([
  ['a draft', { preparing: true }],
  ['what has no text', { texts: [] }],
  ['an empty text', { texts: [' \n'] }],
])('says nothing of %s', (_name, given) => {
  expect(judge(duplicates, [rule], given, { sameText: { at } })).toEqual([])
})

it('looks back as far as the most specific scope says', () => {
  const values = [
    { days: 7, outcome: 'ask' },
    { days: 30, outcome: 'ask' },
  ] as const
  expect(duplicates.looks?.(values)).toEqual([{ look: 'same_text', days: 7 }])
})
