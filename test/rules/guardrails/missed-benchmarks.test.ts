import { expect, it, test } from 'vitest'
import type { Observed } from '../../../core/rules/guardrails/guardrail.ts'
import { missedBenchmarks } from '../../../core/rules/guardrails/missed-benchmarks.ts'
import { place } from '../../support/guardrail-subject.ts'
import { judge, told } from '../../support/judge.ts'

test.each<[string, object, Observed['missed'], readonly (readonly [string, string, string])[]]>([
  ['none missed', {}, [], []],
  [
    'below a floor',
    {},
    [{ metric: 'open_rate', observed: 0.182, floor: 0.2 }],
    [
      [
        'missed_benchmarks.open_rate',
        'ask',
        'The open rate is 0.182, below its floor of 0.2. Until it is met again a person decides.',
      ],
    ],
  ],
  [
    'above a ceiling',
    { outcome: 'block' },
    [{ metric: 'cost_per_lead', observed: 1_234.5, floor: 1, ceiling: 50 }],
    [
      [
        'missed_benchmarks.cost_per_lead',
        'block',
        'The cost per lead is 1,235, above its ceiling of 50. Once it is met again, it would pass.',
      ],
    ],
  ],
  [
    'by a hair, told apart from its limit',
    { outcome: 'warn' },
    [{ metric: 'open_rate', observed: 0.199_999, floor: 0.2 }],
    [
      [
        'missed_benchmarks.open_rate',
        'warn',
        'The open rate is 0.199999, below its floor of 0.2. Once it is met again, this notice ends.',
      ],
    ],
  ],
  [
    'which could not be looked up',
    { outcome: 'warn' },
    undefined,
    [['missed_benchmarks', 'ask', 'Whether its benchmarks are met could not be looked up, so a person decides.']],
  ],
])('%s', (_name, rule, missed, expected) => {
  expect(told(judge(missedBenchmarks, [rule], {}, missed === undefined ? {} : { missed }))).toEqual(expected)
})

it('tells each of several, and says nothing of drafts', () => {
  const missed = [
    { metric: 'open_rate', observed: 0.1, floor: 0.2 },
    { metric: 'unsubscribe_rate', observed: 0.1, ceiling: 0.02 },
  ]
  expect(judge(missedBenchmarks, [{}], {}, { missed })).toHaveLength(2)
  expect(judge(missedBenchmarks, [{}], { preparing: true }, { missed })).toEqual([])
})

it('in the workspace’s own spelling', () => {
  const missed = [{ metric: 'open_rate', observed: 0.182, floor: 0.2 }]
  const [said] = judge(missedBenchmarks, [{}], {}, { missed }, { ...place, locale: 'de-DE' })
  expect(said?.text).toContain('0,182, below its floor of 0,2.')
})
