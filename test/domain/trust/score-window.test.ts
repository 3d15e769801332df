import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type DaySums, NO_SUMS } from '../../../core/domain/trust/day-sums.ts'
import { type DayBucket, dayOf, scoreWindow } from '../../../core/domain/trust/score-window.ts'

const of = (decisions: number): DaySums => ({ ...NO_SUMS, decisions })
const bucket = (day: number, decisions: number): DayBucket => ({ day, sums: of(decisions) })
const TODAY = 1000

test.each<[string, readonly DayBucket[], number, number | null, number | null]>([
  ['no decisions', [], 0, null, null],
  ['only today', [bucket(1000, 3)], 3, 1000, 1000 + 364],
  ['the 90th day counts', [bucket(911, 60)], 60, 911, 911 + 364],
  ['older days fill up to fifty', [bucket(1000, 20), bucket(900, 20), bucket(800, 20)], 60, 800, 800 + 364],
  ['they stop at fifty', [bucket(1000, 30), bucket(900, 20), bucket(800, 20)], 50, 900, 900 + 364],
  ['nothing older than a year', [bucket(1000, 20), bucket(636, 5), bucket(635, 20)], 25, 636, 1000],
  ['nothing but older than a year', [bucket(635, 20)], 0, null, null],
  ['enough in 90 days', [bucket(1000, 49), bucket(950, 1), bucket(920, 9), bucket(910, 9)], 59, 920, 920 + 89],
  ['just enough in 90 days', [bucket(1000, 49), bucket(950, 1), bucket(910, 9)], 50, 950, 950 + 364],
])('%s', (_name, days, decisions, from, sameThrough) => {
  expect(scoreWindow(days, TODAY)).toEqual({ sums: of(decisions), from, sameThrough })
})

test('a day begins at midnight UTC', () => {
  expect(dayOf(0)).toBe(0)
  expect(dayOf(86_399_999)).toBe(0)
  expect(dayOf(86_400_000)).toBe(1)
})

const history = fc
  .uniqueArray(fc.integer({ min: 500, max: TODAY }), { maxLength: 60 })
  .chain((days) =>
    fc.tuple(...days.toSorted((a, b) => b - a).map((day) => fc.nat({ max: 30 }).map((n) => bucket(day, n + 1)))),
  )

it('is the plain rule, and says truly until when it is the same', () => {
  fc.assert(
    fc.property(history, (days) => {
      const window = scoreWindow(days, TODAY)
      expect(window.from).toBe(plainFrom(days, TODAY))
      const changes = firstChange(days, TODAY)
      expect(window.sameThrough).toBe(changes === null ? null : changes - 1)
    }),
  )
})

/** Section 3 word for word: day by day backwards. */
function plainFrom(days: readonly DayBucket[], today: number): number | null {
  let decisions = 0
  let from: number | null = null
  for (let day = today; day > today - 365; day -= 1) {
    const found = days.find((one) => one.day === day)
    if (found === undefined || (day <= today - 90 && decisions >= 50)) continue
    decisions += found.sums.decisions
    from = day
  }
  return from
}

function firstChange(days: readonly DayBucket[], today: number): number | null {
  const now = plainFrom(days, today)
  for (let day = today + 1; day < today + 400; day += 1) if (plainFrom(days, day) !== now) return day
  return null
}
