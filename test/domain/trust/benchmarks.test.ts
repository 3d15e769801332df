import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { benchmarkState, isMet, type MeasuredDay, outcomeDelayDays } from '../../../core/domain/trust/benchmarks.ts'

const opens = { metric: 'open_rate', floor: 0.2, days: 30 } as const
const cost = { metric: 'cost_per_lead', ceiling: 40, days: 7 } as const

const measured = (daysAgo: number, value: number, more: Partial<MeasuredDay> = {}): MeasuredDay => ({
  metric: 'open_rate',
  daysAgo,
  approved: true,
  count: 1,
  sum: value,
  sumOfSquares: value * value,
  ...more,
})

test.each<[string, readonly (readonly [number, number])[], { periodsMet: number; periodsMissed: number }]>([
  ['nothing measured', [], { periodsMet: 0, periodsMissed: 0 }],
  [
    'met on the average of the newest',
    [
      [1, 0.1],
      [2, 0.3],
    ],
    { periodsMet: 1, periodsMissed: 0 },
  ],
  ['exactly at the floor', [[1, 0.2]], { periodsMet: 1, periodsMissed: 0 }],
  ['a hair below', [[1, 0.1999]], { periodsMet: 0, periodsMissed: 1 }],
  [
    'three in a row',
    [
      [1, 0.3],
      [31, 0.3],
      [61, 0.3],
    ],
    { periodsMet: 3, periodsMissed: 0 },
  ],
  [
    'a period without a measurement ends the row',
    [
      [1, 0.3],
      [61, 0.3],
    ],
    { periodsMet: 1, periodsMissed: 0 },
  ],
  [
    'missed twice after it was met',
    [
      [1, 0.1],
      [31, 0.1],
      [61, 0.3],
    ],
    { periodsMet: 0, periodsMissed: 2 },
  ],
  [
    'the newest may have none yet',
    [
      [31, 0.3],
      [61, 0.3],
    ],
    { periodsMet: 2, periodsMissed: 0 },
  ],
  [
    'two without any are no row',
    [
      [61, 0.3],
      [91, 0.3],
    ],
    { periodsMet: 0, periodsMissed: 0 },
  ],
  [
    'exactly 30 days ago belongs to the period before',
    [
      [1, 0.1],
      [30, 0.3],
    ],
    { periodsMet: 0, periodsMissed: 1 },
  ],
])('%s', (_name, values, expected) => {
  expect(
    benchmarkState(
      [opens],
      values.map(([daysAgo, value]) => measured(daysAgo, value)),
    ),
  ).toMatchObject(expected)
})

it('several are met only where all are, and missed where one is', () => {
  const values = [measured(1, 0.3), measured(1, 50, { metric: 'cost_per_lead' })]
  expect(benchmarkState([opens, cost], values)).toMatchObject({ periodsMet: 0, periodsMissed: 1 })
  expect(benchmarkState([], values)).toEqual({
    periodsMet: 0,
    periodsMissed: 0,
    reviewsMet: 0,
    isWorseThanApproved: null,
  })
  const weekly = [1, 8, 15].map((daysAgo) => measured(daysAgo, 30, { metric: 'cost_per_lead' }))
  expect(benchmarkState([cost], weekly)).toMatchObject({ periodsMet: 3, reviewsMet: 1 })
})

describe('what ran by itself against what people approved', () => {
  const both = (asked: number, alone: number, count = 10, metric = 'open_rate') =>
    Array.from({ length: count }, (_, at) => [
      measured(at, asked + (at % 2) / 100, { metric }),
      measured(at, alone + (at % 2) / 100, { metric, approved: false }),
    ]).flat()

  test.each<[string, readonly MeasuredDay[], boolean | null]>([
    ['fewer than ten', both(0.3, 0.1, 9), null],
    ['worse beyond chance', both(0.3, 0.2), true],
    ['the same', both(0.3, 0.3), false],
    ['better', both(0.2, 0.3), false],
    ['of a ceiling more is worse', both(30, 35, 10, 'cost_per_lead'), true],
    ['of a ceiling less is better', both(35, 30, 10, 'cost_per_lead'), false],
  ])('%s', (_name, values, expected) => {
    const benchmark = values[0]?.metric === 'cost_per_lead' ? cost : opens
    expect(benchmarkState([benchmark], values).isWorseThanApproved).toBe(expected)
  })
})

it('the rows never overlap: a newest period is met or missed, never both', () => {
  const anyMeasured = fc.record({
    metric: fc.constantFrom('open_rate', 'cost_per_lead'),
    daysAgo: fc.nat({ max: 400 }),
    approved: fc.boolean(),
    count: fc.constant(1),
    sum: fc.double({ min: 0, max: 100, noNaN: true }),
    sumOfSquares: fc.constant(0),
  })
  fc.assert(
    fc.property(fc.array(anyMeasured, { maxLength: 40 }), (values) => {
      const { periodsMet, periodsMissed } = benchmarkState([opens, cost], values)
      expect(Math.min(periodsMet, periodsMissed)).toBe(0)
      const { periodsMet: met } = benchmarkState([opens], values)
      expect(met > 0 ? benchmarkState([opens], values).periodsMissed : 0).toBe(0)
    }),
  )
})

test.each([
  ['within both', { metric: 'm', floor: 1, ceiling: 2, days: 7 }, 1.5, true],
  ['above the ceiling', { metric: 'm', floor: 1, ceiling: 2, days: 7 }, 2.1, false],
  ['only a floor', { metric: 'm', floor: 1, days: 7 }, 1e9, true],
] as const)('%s', (_name, benchmark, value, expected) => {
  expect(isMet(benchmark, value)).toBe(expected)
})

test.each<[string, readonly (readonly [string, number])[], number | null]>([
  ['nothing is due', [], null],
  ['one, after two days and a half', [['open_rate', 2.5]], 2],
  [
    'one of three that was forgotten says nothing',
    [
      ['open_rate', 1],
      ['open_rate', 40],
      ['open_rate', 2],
    ],
    2,
  ],
  [
    'most of them late',
    [
      ['open_rate', 9],
      ['open_rate', 40],
      ['open_rate', 2],
    ],
    9,
  ],
  [
    'a metric that never comes is seen beside one that does',
    [
      ['open_rate', 1],
      ['complaints', 12],
    ],
    12,
  ],
])('delay: %s', (_name, waited, expected) => {
  expect(outcomeDelayDays(waited.map(([metric, days]) => ({ metric, days })))).toBe(expected)
})
