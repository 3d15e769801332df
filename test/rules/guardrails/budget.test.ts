import { expect, it, test } from 'vitest'
import { chargesOf } from '../../../core/rules/budget-charges.ts'
import {
  type Budget,
  budgetReason,
  changeReason,
  type Counters,
  usedOf,
} from '../../../core/rules/guardrails/budget.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const NOON = new Date('2026-03-04T19:00:00Z')
const cap50: Budget = { day: { cap: 5_000 } }
const ask30: Budget = { day: { cap: 5_000, ask_above: 3_000 } }
const used = (reserved: number, committed: number, spent = 0): Counters => ({
  reserved,
  committed,
  carried: 0,
  spent,
})

function saidOf(budget: Budget, counters: Counters, amountMinor: number) {
  const holding = [{ mark: null, words: null, budget }]
  const [charge] = chargesOf(holding, subject({ amountMinor }), NOON, place.zone)
  return charge ? budgetReason(charge, counters, place) : null
}

test.each<[string, Budget, Counters, number, readonly [string, string, string] | null]>([
  ['no budget', {}, used(0, 0), 1_000_000, null],
  ['the first of the day, exactly the cap', cap50, used(0, 0), 5_000, null],
  [
    'a cent above the cap',
    cap50,
    used(0, 0),
    5_001,
    [
      'budget.day.cap',
      'block',
      'It costs $50.01; of the day’s budget of $50.00 only $50.00 is left. Up to that it would pass.',
    ],
  ],
  ['what is left exactly', cap50, used(1_000, 2_000), 2_000, null],
  [
    'a cent more than is left: reserved and committed both count',
    cap50,
    used(1_000, 2_000),
    2_001,
    [
      'budget.day.cap',
      'block',
      'It costs $20.01; of the day’s budget of $50.00 only $20.00 is left. Up to that it would pass.',
    ],
  ],
  [
    'the platform spent more than the gate let through',
    cap50,
    used(1_000, 2_000, 3_500),
    501,
    [
      'budget.day.cap',
      'block',
      'It costs $5.01; of the day’s budget of $50.00 only $5.00 is left. Up to that it would pass.',
    ],
  ],
  ['the platform spent less', cap50, used(1_000, 2_000, 1_500), 2_000, null],
  [
    'the cap was lowered below what is used',
    cap50,
    used(6_000, 0),
    1,
    [
      'budget.day.cap',
      'block',
      'It costs $0.01; of the day’s budget of $50.00 only $0.00 is left. Up to that it would pass.',
    ],
  ],
  ['what costs nothing fits even then', cap50, used(6_000, 0), 0, null],
  ['at the number above which a person decides', ask30, used(1_000, 0), 2_000, null],
  [
    'above it',
    ask30,
    used(1_000, 0),
    2_001,
    ['budget.day.ask_above', 'ask', 'It takes the day’s budget to $30.01; above $30.00 a person decides.'],
  ],
  [
    'above both',
    ask30,
    used(4_000, 0),
    1_001,
    [
      'budget.day.cap',
      'block',
      'It costs $10.01; of the day’s budget of $50.00 only $10.00 is left. Up to that it would pass.',
    ],
  ],
  [
    'the week, without a cap',
    { week: { ask_above: 100 } },
    used(90, 0),
    11,
    ['budget.week.ask_above', 'ask', 'It takes the week’s budget to $1.01; above $1.00 a person decides.'],
  ],
])('%s', (_name, budget, counters, amountMinor, expected) => {
  const said = saidOf(budget, counters, amountMinor)
  expect(said ? [said.rule, said.outcome, said.text] : said).toEqual(expected)
})

it('says everything, however large the numbers are', () => {
  const cap = Number.MAX_SAFE_INTEGER - 2
  const budget: Budget = { month: { cap, ask_above: 1_000_000_000_000_000 } }
  const blocked = saidOf(budget, used(0, 1), Number.MAX_SAFE_INTEGER - 1)?.text ?? ''
  const asked = saidOf(budget, used(0, 0), cap)?.text ?? ''
  expect(Math.max(blocked.length, asked.length)).toBeLessThanOrEqual(160)
  expect(blocked).toContain('Up to that it would pass.')
  expect(asked).toContain('above $10,000,000,000,000.00 a person decides.')
})

it('counts what was spent where it is more than what was committed', () => {
  expect(usedOf(used(1, 2, 3))).toBe(4)
  expect(usedOf(used(1, 3, 2))).toBe(4)
  expect(usedOf({ ...used(1, 3, 5), carried: 4 })).toBe(8)
})

test.each<[string, Budget[], { before: number; after: number } | null, string | null]>([
  ['nothing changes', [{ change_percent: { cap: 10 } }], { before: 100, after: 100 }, null],
  ['it changes no number', [{ change_percent: { cap: 10 } }], null, null],
  ['exactly the limit', [{ change_percent: { cap: 20 } }], { before: 100, after: 120 }, null],
  [
    'down counts as up',
    [{ change_percent: { cap: 20 } }],
    { before: 100, after: 79 },
    'It changes by 21 %; at most 20 % at once may pass. An owner can raise that.',
  ],
  [
    'from nothing',
    [{ change_percent: { cap: 500 } }],
    { before: 0, after: 1 },
    'It changes from nothing; at most 500 % at once may pass. An owner can raise that.',
  ],
  [
    'to nothing',
    [{ change_percent: { ask_above: 50, cap: 100 } }],
    { before: 5, after: 0 },
    'It changes by 100 %; above 50 % a person decides.',
  ],
  [
    'the smallest cap of all scopes holds',
    [{ change_percent: { cap: 50 } }, { change_percent: { cap: 10 } }],
    { before: 10, after: 12 },
    'It changes by 20 %; at most 10 % at once may pass. An owner can raise that.',
  ],
])('a change on the platform: %s', (_name, budgets, change, expected) => {
  expect(changeReason(budgets, subject({ change }))?.text ?? null).toBe(expected)
})

const daily = (perDayMinor: number, fromMinor: number, days: number, ofWords = 'the month’s budget') => ({
  window: 'month:2026-03',
  amountMinor: (perDayMinor - fromMinor) * days,
  daily: { row: 'daily:ads:spring', perDayMinor, fromMinor, days },
  period: 'month' as const,
  ofWords,
  limits: { cap: 100_000 },
})

test.each<[string, ReturnType<typeof daily>, number, string | null]>([
  ['a daily budget that fits to the cent', daily(8_000, 0, 10), 20_000, null],
  [
    'a cent a day more',
    daily(8_001, 0, 10),
    20_000,
    'At $80.01 a day it commits $800.10 more for 10 days; of the month’s budget of $1,000.00 only $800.00 is left. Up to $80.00 a day would pass.',
  ],
  [
    'one that was higher by now',
    daily(8_001, 5_000, 1),
    99_000,
    'At $80.01 a day it commits $30.01 more for 1 day; of the month’s budget of $1,000.00 only $10.00 is left. Up to $60.00 a day would pass.',
  ],
  [
    'beyond the cap only what runs already',
    daily(8_000, 5_000, 10),
    120_000,
    'At $80.00 a day it commits $300.00 more for 10 days; of the month’s budget of $1,000.00 only $0.00 is left. Up to $50.00 a day would pass.',
  ],
  ['one that goes down always', daily(4_000, 5_000, 10), 120_000, null],
])('%s', (_name, charge, committed, expected) => {
  expect(budgetReason(charge, used(0, committed), place)?.text ?? null).toBe(expected)
})

it('says of a daily budget what would pass, however long the words and the numbers are', () => {
  for (const perDay of [8_000, 100_000_000, 3_000_000_000_000])
    for (const whose of ['', ' for email campaigns and regular patients who have not been seen for a year']) {
      const text = budgetReason(daily(perDay, 0, 30, `the month’s budget${whose}`), used(0, 90_000), place)?.text ?? ''
      expect(text.length).toBeLessThanOrEqual(160)
      expect(text).toMatch(/Up to \$3\.33 a day would pass\.$/)
    }
})
