import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { CYCLES_NEEDED, type CycleSource, daysUntilJudged } from '../../../core/domain/rollout/cycles.ts'

const MONTH = 365.25 / 12

test.each<[string, number, readonly CycleSource[], number]>([
  ['one a day', 0, [{ runsPerMonth: MONTH, fromDays: 0 }], 30],
  ['one a day, ten judged', 10, [{ runsPerMonth: MONTH, fromDays: 0 }], 20],
  ['all judged', 30, [{ runsPerMonth: 1, fromDays: 9 }], 0],
  ['more than all', 45, [{ runsPerMonth: 1, fromDays: 0 }], 0],
  ['thirty a month, rounded up', 0, [{ runsPerMonth: 30, fromDays: 0 }], Math.ceil(MONTH)],
  ['weekly', 0, [{ runsPerMonth: 4, fromDays: 0 }], Math.ceil(7.5 * MONTH)],
  ['not before it is judged at all', 0, [{ runsPerMonth: MONTH, fromDays: 30 }], 60],
  [
    'two of one scope',
    0,
    [
      { runsPerMonth: MONTH, fromDays: 0 },
      { runsPerMonth: MONTH, fromDays: 0 },
    ],
    15,
  ],
  [
    'the second later',
    0,
    [
      { runsPerMonth: MONTH, fromDays: 0 },
      { runsPerMonth: MONTH, fromDays: 20 },
    ],
    25,
  ],
  [
    'the second too late',
    0,
    [
      { runsPerMonth: MONTH, fromDays: 0 },
      { runsPerMonth: MONTH, fromDays: 40 },
    ],
    30,
  ],
])('%s', (_name, judged, sources, days) => {
  expect(daysUntilJudged(judged, sources)).toBe(days)
})

it('takes the number of the gate', () => expect(CYCLES_NEEDED).toBe(30))

it('is never later with more judged or another source', () => {
  const source = fc.record({ runsPerMonth: fc.double({ min: 0.1, max: 500, noNaN: true }), fromDays: fc.nat(60) })
  fc.assert(
    fc.property(fc.nat(40), fc.array(source, { minLength: 1, maxLength: 4 }), source, (judged, sources, more) => {
      const days = daysUntilJudged(judged, sources)
      expect(Number.isInteger(days) && days >= 0).toBe(true)
      expect(daysUntilJudged(judged + 1, sources)).toBeLessThanOrEqual(days)
      expect(daysUntilJudged(judged, [...sources, more])).toBeLessThanOrEqual(days)
    }),
  )
})
