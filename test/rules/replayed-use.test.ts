import { expect, it } from 'vitest'
import type { Charge } from '../../core/rules/budget-charges.ts'
import { createReplayedUse } from '../../core/rules/replayed-use.ts'

const DAY = 86_400_000
const at = (day: number): Date => new Date(Date.parse('2026-03-01T12:00:00Z') + day * DAY)
const charge = (window: string, amountMinor: number, period: Charge['period'] = 'day'): Charge => ({
  window,
  amountMinor,
  period,
  ofWords: '',
  limits: {},
})

it('adds up what was taken from each window', () => {
  const use = createReplayedUse()
  use.take([charge('day:1', 300), charge('month:1', 300, 'month')], at(0))
  use.take([charge('month:1', 200, 'month')], at(1))
  const counters = use.countersOf([charge('day:1', 1), charge('month:1', 1), charge('day:2', 1)])
  expect([...(counters ?? [])].map(([window, { reserved }]) => [window, reserved])).toEqual([
    ['day:1', 300],
    ['month:1', 500],
    ['day:2', 0],
  ])
  expect(use.countersOf([])).toBeNull()
})

it('forgets a window when it is over for certain, and a campaign never', () => {
  const use = createReplayedUse()
  use.take([charge('day:1', 300), charge('campaign:mailchimp:c1', 300, 'campaign')], at(0))
  use.take([charge('month:2', 200, 'month')], at(20))
  use.forget(at(31))
  expect(use.size).toBe(3)
  use.forget(at(33))
  expect(use.size).toBe(2)
  use.forget(at(400))
  expect(use.size).toBe(1)
})

it('stays small through a year of days', () => {
  const use = createReplayedUse()
  for (let day = 0; day < 365; day += 1) {
    use.take([charge(`day:${day}`, 1)], at(day))
    use.forget(at(day))
    expect(use.size).toBeLessThanOrEqual(33)
  }
})

it('knows in a new month of the campaigns that run, and settles their changes', () => {
  const use = createReplayedUse()
  const row = 'daily:ads:spring'
  const daily = (window: string, perDayMinor: number, days: number, period: Charge['period'] = 'month'): Charge => ({
    ...charge(window, perDayMinor * days, period),
    daily: { row, perDayMinor, fromMinor: 0, days },
  })
  const change = (month: string, perDay: number, days: number) =>
    use.settle([daily('daily', perDay, 1, 'campaign'), daily(row, perDay, 1, 'campaign'), daily(month, perDay, days)])
  use.take(change('month:2026-03', 50, 10), at(21))
  use.take(change('month:2026-03', 80, 5), at(26))
  use.forget(at(31))
  const april = use.countersOf([charge('month:2026-04', 1)])
  expect([...(use.countersOf([charge('month:2026-03', 1)]) ?? [])][0]?.[1].reserved).toBe(50 * 5 + 80 * 5)
  expect(april?.get('month:2026-04')?.reserved).toBe(80 * 30)
  use.take(change('month:2026-04', 20, 20), at(41))
  expect(use.countersOf([charge('month:2026-04', 1)])?.get('month:2026-04')?.reserved).toBe(80 * 30 - 60 * 19)
})
