import { describe, expect, it, test } from 'vitest'
import { exposure } from '../../../core/rules/guardrails/exposure.ts'
import { judge, told } from '../../support/judge.ts'

describe('people', () => {
  const rule = { people: { ask_above: 1_000, cap: 5_000 } }

  test.each<[string, number, readonly [string, string, string] | null]>([
    ['nobody', 0, null],
    ['at the number above which a person decides', 1_000, null],
    [
      'above it',
      1_001,
      [
        'exposure.people.ask_above',
        'ask',
        'It reaches 1,001 people; above 1,000 a person decides. Up to that it would pass.',
      ],
    ],
    [
      'at the cap',
      5_000,
      [
        'exposure.people.ask_above',
        'ask',
        'It reaches 5,000 people; above 1,000 a person decides. Up to that it would pass.',
      ],
    ],
    [
      'above the cap',
      5_001,
      [
        'exposure.people.cap',
        'block',
        'It reaches 5,001 people; one action may reach 5,000 at most. To fewer it would pass.',
      ],
    ],
  ])('%s', (_name, people, expected) => {
    expect(told(judge(exposure, [rule], { people }))).toEqual(expected === null ? [] : [expected])
  })
})

describe('share of the list', () => {
  const rule = { list_share: { ask_above: 0.1, cap: 0.5 } }
  const unknown =
    'How large the list is could not be found out, so a person decides. Known to be up to 10 % of it, it would pass.'

  test.each<[string, number, number | null, readonly [string, string, string] | null]>([
    ['exactly the share above which a person decides', 100, 1_000, null],
    [
      'one person more',
      101,
      1_000,
      [
        'exposure.list_share.ask_above',
        'ask',
        'It reaches 10.1 % of the list (101 of 1,000); above 10 % a person decides. Up to that it would pass.',
      ],
    ],
    [
      'a person more of a large list',
      100_001,
      1_000_000,
      [
        'exposure.list_share.ask_above',
        'ask',
        'It reaches 10.0001 % of the list (100,001 of 1,000,000); above 10 % a person decides. Up to that it would pass.',
      ],
    ],
    [
      'above the cap',
      600,
      1_000,
      [
        'exposure.list_share.cap',
        'block',
        'It reaches 60 % of the list (600 of 1,000); at most 50 % may be reached. Up to that it would pass.',
      ],
    ],
    [
      'a list that shrank below what was proposed',
      600,
      400,
      [
        'exposure.list_share.cap',
        'block',
        'It reaches 150 % of the list (600 of 400); at most 50 % may be reached. Up to that it would pass.',
      ],
    ],
    ['a list that grew: what was too much then passes now', 600, 6_000, null],
    ['a list of unknown size', 1, null, ['exposure.list_share.unknown', 'ask', unknown]],
    ['a list of nobody', 1, 0, ['exposure.list_share.unknown', 'ask', unknown]],
    ['nobody of a list of unknown size', 0, null, null],
  ])('%s', (_name, people, listSize, expected) => {
    expect(told(judge(exposure, [rule], { people, listSize }))).toEqual(expected === null ? [] : [expected])
  })

  it('asks for a list of unknown size even where there is only a cap', () => {
    expect(judge(exposure, [{ list_share: { cap: 0.5 } }], { listSize: null })).toMatchObject([{ outcome: 'ask' }])
  })
})

it('says both where both are passed', () => {
  const rule = { people: { cap: 10 }, list_share: { ask_above: 0.1 } }
  expect(judge(exposure, [rule], { people: 24, listSize: 100 }).map(({ outcome }) => outcome)).toEqual(['block', 'ask'])
})

it('holds the smallest cap of all scopes, and asks where the most specific does', () => {
  const both = [{ people: { ask_above: 100, cap: 1_000 } }, { people: { ask_above: 10, cap: 200 } }] as const
  expect(judge(exposure, both, { people: 100 })).toEqual([])
  expect(judge(exposure, both, { people: 101 })).toMatchObject([{ outcome: 'ask' }])
  expect(judge(exposure, both, { people: 201 })).toMatchObject([{ outcome: 'block' }])
  // A scope that limits only one of them leaves the other as it is.
  expect(judge(exposure, [{ people: { cap: 10_000 } }, { list_share: { cap: 0.1 } }], { listSize: 100 })).toHaveLength(
    1,
  )
})

test.each([
  ['neither number', { people: {} }],
  ['a share above all', { list_share: { cap: 1.1 } }],
  ['part of a person', { people: { cap: 1.5 } }],
  ['an unknown field', { persons: { cap: 1 } }],
])('refuses %s', (_name, rule) => {
  expect(exposure.schema.safeParse(rule).success).toBe(false)
})
