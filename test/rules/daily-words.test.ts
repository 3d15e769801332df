import { expect, test } from 'vitest'
import type { Charge } from '../../core/rules/budget-charges.ts'
import { commitmentWords } from '../../core/rules/daily-words.ts'
import { place } from '../support/guardrail-subject.ts'

const charge = (window: string, perDayMinor: number, fromMinor: number, days: number) => ({
  window,
  amountMinor: (perDayMinor - fromMinor) * days,
  daily: { row: 'daily:ads:spring', perDayMinor, fromMinor, days },
})
type Charges = readonly Pick<Charge, 'window' | 'amountMinor' | 'daily'>[]

test.each<[string, Charges, number | null, string | null]>([
  ['what sets no daily budget', [{ window: 'month:2026-03', amountMinor: 5 }], null, null],
  ['no budget counts it', [], 8_000, '$2,400.00 in 30 days: $80.00 a day'],
  [
    'a first one',
    [
      charge('daily:ads:spring', 8_000, 0, 1),
      charge('day:2026-03-22', 8_000, 0, 1),
      charge('month:2026-03', 8_000, 0, 10),
    ],
    8_000,
    '$800.00 more this month: $80.00 a day for 10 days',
  ],
  [
    'a higher one',
    [charge('week:2026-W10', 8_000, 5_000, 1)],
    8_000,
    '$30.00 more this week: $80.00 a day instead of $50.00 for 1 day',
  ],
  [
    'a lower one',
    [charge('day:2026-03-22', 0, 5_000, 1)],
    0,
    '$0.00 less today: $0.00 a day instead of $50.00 from tomorrow on',
  ],
])('%s', (_name, charges, perDay, expected) => expect(commitmentWords(charges, perDay, place)).toBe(expected))
