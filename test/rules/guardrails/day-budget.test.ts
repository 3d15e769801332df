import { expect, it, test } from 'vitest'
import { type Counters, dayBudgetReason } from '../../../core/rules/guardrails/day-budget.ts'
import type { PolicyDocument } from '../../../core/rules/policy.ts'
import { place } from '../../support/guardrail-subject.ts'

const cap50: PolicyDocument = { budget: { day: { cap: 5_000 } } }
const ask30: PolicyDocument = { budget: { day: { cap: 5_000, ask_above: 3_000 } } }
const spent = (reserved: number, committed: number): Counters => ({ reserved, committed })

test.each<[string, PolicyDocument, Counters, number, readonly [string, string, string] | null]>([
  ['no budget', {}, spent(0, 0), 1_000_000, null],
  ['another rule only', { amount: { cap: 1 } }, spent(0, 0), 1_000_000, null],
  ['the first of the day, exactly the cap', cap50, spent(0, 0), 5_000, null],
  [
    'a cent above the cap',
    cap50,
    spent(0, 0),
    5_001,
    [
      'budget.day.cap',
      'block',
      'It costs $50.01; of the day’s budget of $50.00 only $50.00 is left. Up to that it would pass.',
    ],
  ],
  ['what is left exactly', cap50, spent(1_000, 2_000), 2_000, null],
  [
    'a cent more than is left: reserved and committed both count',
    cap50,
    spent(1_000, 2_000),
    2_001,
    [
      'budget.day.cap',
      'block',
      'It costs $20.01; of the day’s budget of $50.00 only $20.00 is left. Up to that it would pass.',
    ],
  ],
  [
    'the cap was lowered below what is used',
    cap50,
    spent(6_000, 0),
    1,
    [
      'budget.day.cap',
      'block',
      'It costs $0.01; of the day’s budget of $50.00 only $0.00 is left. Up to that it would pass.',
    ],
  ],
  ['what costs nothing fits even then', cap50, spent(6_000, 0), 0, null],
  ['at the number above which a person decides', ask30, spent(1_000, 0), 2_000, null],
  [
    'above it',
    ask30,
    spent(1_000, 0),
    2_001,
    ['budget.day.ask_above', 'ask', 'With it $30.01 of the day’s $50.00 would be used; above $30.00 a person decides.'],
  ],
  [
    'above both',
    ask30,
    spent(4_000, 0),
    1_001,
    [
      'budget.day.cap',
      'block',
      'It costs $10.01; of the day’s budget of $50.00 only $10.00 is left. Up to that it would pass.',
    ],
  ],
])('%s', (_name, policy, counters, amountMinor, expected) => {
  const said = dayBudgetReason(policy, counters, amountMinor, place)
  expect(said ? [said.rule, said.outcome, said.text] : said).toEqual(expected)
})

it('says everything, however large the numbers are', () => {
  const cap = Number.MAX_SAFE_INTEGER - 2
  const policy: PolicyDocument = { budget: { day: { cap, ask_above: 1_000_000_000_000_000 } } }
  const blocked = dayBudgetReason(policy, spent(0, 1), Number.MAX_SAFE_INTEGER - 1, place)?.text ?? ''
  const asked = dayBudgetReason(policy, spent(0, 0), cap, place)?.text ?? ''
  expect(Math.max(blocked.length, asked.length)).toBeLessThanOrEqual(160)
  expect(blocked).toBe(
    'It costs $90,071,992,547,409.90; of the day’s budget of $90,071,992,547,409.89 only $90,071,992,547,409.88 is left. Up to that it would pass.',
  )
  expect(asked).toBe(
    'With it $90,071,992,547,409.89 of the day’s $90,071,992,547,409.89 would be used; above $10,000,000,000,000.00 a person decides.',
  )
})
