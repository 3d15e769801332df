import { expect, it, test } from 'vitest'
import { rates } from '../../../core/rules/guardrails/rates.ts'
import { judge, told } from '../../support/judge.ts'

const three = { most: 3, per: 'hour', of: 'kind' } as const

test.each<[string, object, Readonly<Record<string, number>> | undefined, readonly [string, string, string] | null]>([
  ['fewer', three, { 'kind/hour': 2 }, null],
  [
    'as many as may',
    three,
    { 'kind/hour': 3 },
    [
      'rates.kind.hour',
      'ask',
      'Proposed in the last hour: 3 of “Send a newsletter”; the most is 3. Once there were fewer, it would pass.',
    ],
  ],
  [
    'of a category',
    { most: 20, per: 'week', of: 'category', outcome: 'block' },
    { 'category/week': 1_200 },
    [
      'rates.category.week',
      'block',
      'Proposed in the last week: 1,200 email campaigns; the most is 20. Once there were fewer, it would pass.',
    ],
  ],
  [
    'over a channel',
    { most: 1, per: 'day', of: 'channel', outcome: 'warn' },
    { 'channel/day': 1 },
    [
      'rates.channel.day',
      'warn',
      'Proposed in the last day: 1 over the channel email; the most is 1. Once there were fewer, it would pass.',
    ],
  ],
  [
    'in the whole workspace',
    { most: 500, per: 'month', of: 'workspace' },
    { 'workspace/month': 500 },
    [
      'rates.workspace.month',
      'ask',
      'Proposed in the last month: 500 actions; the most is 500. Once there were fewer, it would pass.',
    ],
  ],
  [
    'which could not be counted',
    { ...three, outcome: 'warn' },
    { 'category/hour': 0 },
    [
      'rates.kind.hour',
      'ask',
      'How many ran in the last hour could not be counted, so a person decides. Up to 3 it would pass.',
    ],
  ],
  [
    'which could not be counted at all',
    { ...three, outcome: 'block' },
    undefined,
    [
      'rates.kind.hour',
      'block',
      'How many ran in the last hour could not be counted, so a person decides. Up to 3 it would pass.',
    ],
  ],
])('%s', (_name, rate, runs, expected) => {
  expect(told(judge(rates, [[rate]], {}, runs === undefined ? {} : { runs }))).toEqual(
    expected === null ? [] : [expected],
  )
})

it('counts an agent, and leaves members alone', () => {
  const rule = [{ most: 2, per: 'day', of: 'agent' }]
  const observed = { runs: { 'agent/day': 2 } }
  expect(judge(rates, [rule], { agentId: null }, observed)).toEqual([])
  expect(judge(rates, [rule], { agentId: 'agt_1' }, observed)[0]?.text).toBe(
    'Proposed in the last day: 2 by this agent; the most is 2. Once there were fewer, it would pass.',
  )
})

it('holds every rate of every scope, and asks for each of them', () => {
  const other = { most: 5, per: 'day', of: 'workspace', outcome: 'ask' } as const
  expect(judge(rates, [[three], [other]], {}, { runs: { 'kind/hour': 3, 'workspace/day': 5 } })).toHaveLength(2)
  expect(rates.looks?.([[{ ...three, outcome: 'ask' }], [other]])).toEqual([
    { look: 'runs', of: 'kind', per: 'hour' },
    { look: 'runs', of: 'workspace', per: 'day' },
  ])
})
