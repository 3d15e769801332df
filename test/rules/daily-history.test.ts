import fc from 'fast-check'
import { expect, it } from 'vitest'
import { settleCharges } from '../../core/domain/daily-budget.ts'
import { chargesOf } from '../../core/rules/budget-charges.ts'
import { carriedDaily, type PastChange } from '../../core/rules/daily-history.ts'
import { subject } from '../support/guardrail-subject.ts'

const ZONE = 'America/Denver'
const NOON = Date.parse('2026-03-01T19:00:00Z')
const DAY = 86_400_000
/** 20 April. */
const NOW = new Date(NOON + 50 * DAY)
const budget = { month: { cap: 1 }, week: { cap: 1 } }

const chargesAt = (at: Date, perDayMinor: number) =>
  chargesOf(
    [{ mark: null, words: null, budget }],
    subject({ amountMinor: perDayMinor * 30, perDayMinor, platform: 'ads', campaign: 'spring' }),
    at,
    ZONE,
  )

/** Changes of one campaign on days since 1 March, in their order. */
const anyDays = fc
  .uniqueArray(fc.record({ day: fc.nat(50), perDay: fc.nat(1_000_000) }), {
    minLength: 1,
    maxLength: 10,
    selector: ({ day }) => day,
  })
  .map((days) => days.toSorted((a, b) => a.day - b.day))

type Days = readonly { readonly day: number; readonly perDay: number }[]
const runsOn = (days: Days, day: number): number => days.findLast((one) => one.day <= day)?.perDay ?? 0
/** From 1 April (the 31st day) to 30 April; on the day of a change the higher one. */
const ofApril = (days: Days): number =>
  Array.from({ length: 30 }, (_, n) =>
    Math.max(runsOn(days, 31 + n), isChanged(days, 31 + n) ? runsOn(days, 30 + n) : 0),
  ).reduce((sum, perDay) => sum + perDay, 0)
const isChanged = (days: Days, day: number): boolean => days.some((one) => one.day === day)

const pastOf = (days: Days, isHeld: boolean): readonly PastChange[] =>
  days.map(({ day, perDay }, index) => {
    const at = new Date(NOON + day * DAY)
    const charges = chargesAt(at, perDay)
    const from = days[index - 1]?.perDay ?? 0
    return { at, undoneAt: null, charges, held: isHeld ? settleCharges(charges, () => from) : [] }
  })

it('tells a new budget what every day of its window costs, and what runs now', () => {
  fc.assert(
    fc.property(anyDays, (days) => {
      const carried = carriedDaily(pastOf(days, false), NOW, ZONE)
      expect(carried.get('month:2026-04')).toBe(ofApril(days))
      for (const row of ['daily', 'daily:ads:spring']) expect(carried.get(row)).toBe(runsOn(days, 50))
    }),
  )
})

it('tells one that was charged only what ran when its window began', () => {
  fc.assert(
    fc.property(anyDays, (days) => {
      const carried = carriedDaily(pastOf(days, true), NOW, ZONE)
      expect(carried.get('month:2026-04')).toBe(runsOn(days, 30) * 30)
      for (const row of ['daily', 'daily:ads:spring']) expect(carried.get(row)).toBe(0)
    }),
  )
})

it('leads back to what was before where one was taken back', () => {
  const [first, second] = pastOf(
    [
      { day: 20, perDay: 50 },
      { day: 35, perDay: 80 },
    ],
    false,
  )
  if (!first || !second) throw new Error('Two were made')
  const past = [first, { ...second, undoneAt: new Date(second.at.getTime() + DAY / 4) }]
  const carried = carriedDaily(past, NOW, ZONE)
  expect(carried.get('month:2026-04')).toBe(50 * 30 + 30)
  expect(carried.get('daily')).toBe(50)
})
