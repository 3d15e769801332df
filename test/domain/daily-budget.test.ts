import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  daysIn,
  isLater,
  laterWindows,
  settleCharge,
  settleCharges,
  takeBack,
  timeWindowOf,
} from '../../core/domain/daily-budget.ts'
import { counterChange, type HeldCharge } from '../../core/domain/money-by-state.ts'

const ROW = 'daily:ads:spring'
const MONTH = 'month:2026-03'
const charge = (perDayMinor: number, days: number, onceMinor = 0, window = MONTH): HeldCharge => ({
  window,
  amountMinor: onceMinor + perDayMinor * days,
  daily: { row: ROW, perDayMinor, fromMinor: 0, days },
})

describe('a charge of a daily budget', () => {
  test.each<[string, number, number, number, number, number]>([
    ['a first one is committed whole', 80, 0, 10, 0, 800],
    ['a higher one commits the difference', 80, 50, 10, 0, 300],
    ['a lower one frees the days after today', 50, 80, 10, 0, -270],
    ['on the last day nothing', 50, 80, 1, 0, 0],
    ['the same one commits nothing', 80, 80, 10, 0, 0],
    ['none frees all but today’s', 0, 80, 10, 0, -720],
    ['what it costs besides stays', 80, 50, 10, 7, 307],
  ])('%s', (_name, perDay, committed, days, once, expected) => {
    expect(settleCharge(charge(perDay, days, once), committed).amountMinor).toBe(expected)
  })

  it('is settled anew from wherever it was settled before', () => {
    const amounts = [50, 80, 0].map(
      (committed) => settleCharge(settleCharge(charge(80, 10), 30), committed).amountMinor,
    )
    expect(amounts).toEqual([300, 0, 800])
    expect(settleCharge(settleCharge(charge(30, 10), 80), 10).amountMinor).toBe(200)
  })

  it('leaves what is no daily budget alone', () => {
    const plain = { window: 'day:2026-03-04', amountMinor: 5 }
    expect(settleCharges([plain], () => 99)).toEqual([plain])
  })
})

/** Changes of one campaign in a month of 30 days, in the order of their days. */
const anyChanges = fc
  .array(fc.record({ day: fc.integer({ min: 1, max: 30 }), perDay: fc.integer({ min: 0, max: 1_000_000 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((changes) => changes.toSorted((a, b) => a.day - b.day))

const spentBy = (changes: readonly { readonly day: number; readonly perDay: number }[]): number => {
  let sum = 0
  for (let day = 1; day <= 30; day += 1) sum += changes.findLast((one) => one.day <= day)?.perDay ?? 0
  return sum
}

describe('changes of one campaign', () => {
  it('together commit what the campaign spends in the rest of the window', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        let perDay = 0
        let committed = 0
        let taken = 0
        for (const change of changes) {
          const settled = settleCharge(charge(change.perDay, 31 - change.day), perDay)
          const { reserved } = counterChange('none', 'reserved', settled.amountMinor)
          expect(reserved).toBeGreaterThanOrEqual(0)
          expect(reserved).toBe(Math.max(0, (change.perDay - perDay) * (31 - change.day)))
          committed += counterChange('reserved', 'committed', settled.amountMinor).committed
          taken += Math.max(0, perDay - change.perDay)
          perDay = change.perDay
        }
        // What was taken off a day may have been spent on it.
        expect(committed).toBe(spentBy(changes) + taken)
      }),
    )
  })

  it('taken back on its day leave one day of what it changed: both may have run', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.integer({ min: 1, max: 30 }), (before, perDay, daysLeft) => {
        const held = [settleCharge(charge(perDay, 1, 0, ROW), before), settleCharge(charge(perDay, daysLeft), before)]
        const [row, month] = takeBack(
          held,
          () => perDay,
          () => ({ name: '2026-03', daysLeft }),
          0,
        )
        expect(row?.amountMinor).toBe(0)
        expect(month?.amountMinor).toBe(Math.abs(perDay - before))
      }),
    )
  })
})

describe('taking back', () => {
  const held = [settleCharge(charge(80, 1, 0, ROW), 50), settleCharge(charge(80, 10), 50)]
  const april = () => ({ name: '2026-04', daysLeft: 30 })

  it('in the next window gives the days back there', () => {
    expect(takeBack(held, () => 80, april, 1)).toMatchObject([
      { window: ROW, amountMinor: 0 },
      { window: MONTH, amountMinor: 300 },
      { window: 'month:2026-04', amountMinor: -30 * 29 },
    ])
  })

  it('leads to what it was before it, whatever came after', () => {
    const same = () => ({ name: '2026-03', daysLeft: 10 })
    // It was 50; then 80, then 20: back at 50 that is 30 a day more, today included.
    expect(takeBack(held, () => 20, same, 0)).toMatchObject([{ amountMinor: 60 }, { amountMinor: 600 }])
  })

  test.each([
    ['the same day', 0, { name: '2026-03', daysLeft: 10 }, 300 - 30 * 9],
    ['three days later', 3, { name: '2026-03', daysLeft: 7 }, 300 - 30 * 6],
    ['in the next month, for which it was not charged', 10, { name: '2026-04', daysLeft: 30 }, 300],
  ])('gives a campaign’s own budget back what it was charged and is left: %s', (_name, daysSince, left, expected) => {
    const its = [settleCharge(charge(80, 1, 0, ROW), 50), settleCharge(charge(80, 10, 0, 'campaign:ads:spring'), 50)]
    const [, campaign] = takeBack(
      its,
      () => 80,
      () => left,
      daysSince,
    )
    expect(campaign).toMatchObject({ window: 'campaign:ads:spring', amountMinor: expected })
  })

  it('that raises it again charges a campaign’s own budget to the end of the month', () => {
    const its = [settleCharge(charge(0, 1, 0, ROW), 50), settleCharge(charge(0, 2, 0, 'campaign:ads:spring'), 50)]
    const april = () => ({ name: '2026-04', daysLeft: 30 })
    const [, campaign] = takeBack(its, () => 0, april, 2)
    expect(campaign).toMatchObject({ amountMinor: -50 + 50 * 30 })
  })
})

describe('windows', () => {
  test.each<[string, ReturnType<typeof timeWindowOf>]>([
    ['month:2026-03', { budget: '', period: 'month', name: '2026-03' }],
    ['agent:agt_1/day:2026-03-04', { budget: 'agent:agt_1/', period: 'day', name: '2026-03-04' }],
    ['scope:abc/channel:ads/week:2026-W10', { budget: 'scope:abc/channel:ads/', period: 'week', name: '2026-W10' }],
    ['campaign:ads:month:2026-03', null],
    ['daily:ads:spring', null],
    ['runs:kind:ads.budget.set/day:2026-03-04', null],
  ])('%s', (window, expected) => expect(timeWindowOf(window)).toEqual(expected))

  test.each<['day' | 'week' | 'month', string, number]>([
    ['day', '2026-03-08', 1],
    ['week', '2026-W10', 7],
    ['month', '2026-02', 28],
    ['month', '2028-02', 29],
    ['month', '2026-12', 31],
  ])('a %s named %s has its days', (period, name, days) => expect(daysIn({ period, name })).toBe(days))

  it('come later only within one budget and period', () => {
    expect(isLater('month:2026-04', MONTH)).toBe(true)
    expect(isLater(MONTH, MONTH)).toBe(false)
    expect(isLater('agent:a/month:2026-04', MONTH)).toBe(false)
    expect(isLater('week:2026-W20', MONTH)).toBe(false)
  })

  it('that come later are raised by what the whole budget runs a day more', () => {
    const charges = [charge(80, 1, 0, ROW), charge(80, 1, 0, 'daily'), charge(80, 10)]
    expect(laterWindows(charges)).toEqual([{ row: 'daily', after: [MONTH], byPerDayMinor: 80 }])
    expect(laterWindows(settleCharges(charges, () => 80))).toEqual([])
  })
})
