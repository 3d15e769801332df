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
