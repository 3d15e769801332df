import { describe, expect, it, test } from 'vitest'
import {
  type AfterFailure,
  afterFailure,
  type FailureKind,
  MAX_ATTEMPTS,
  retryDelayMs,
} from '../../core/domain/after-failure.ts'
import type { Repeat } from '../../core/domain/effect.ts'

const REPEATS = ['safe', 'keyed', 'unsafe'] as const

/** What follows before and at the last attempt; the same for every way of repeating unless three are named. */
const FOLLOWS: readonly (readonly [FailureKind, readonly AfterFailure[], readonly AfterFailure[]])[] = [
  ['auth_expired', ['awaiting_approval'], ['awaiting_approval']],
  ['missing_scope', ['awaiting_approval'], ['awaiting_approval']],
  ['rejected', ['failed'], ['failed']],
  ['rate_limited', ['ready'], ['failed']],
  ['unavailable', ['ready'], ['failed']],
  ['unexpected_answer', ['unknown'], ['unknown']],
  ['outcome_unknown', ['ready', 'unknown', 'unknown'], ['unknown', 'unknown', 'unknown']],
]

const cases = FOLLOWS.flatMap(([error, before, last]) =>
  REPEATS.flatMap((repeat, at): [Repeat, FailureKind, number, AfterFailure | undefined][] => [
    [repeat, error, 1, before[at] ?? before[0]],
    [repeat, error, MAX_ATTEMPTS - 1, before[at] ?? before[0]],
    [repeat, error, MAX_ATTEMPTS, last[at] ?? last[0]],
    [repeat, error, MAX_ATTEMPTS + 1, last[at] ?? last[0]],
  ]),
)

test.each(cases)('%s, %s, attempt %i: %s', (repeat, error, attempt, expected) => {
  expect(afterFailure(repeat, error, attempt)).toBe(expected)
})

it('gives up after eight attempts', () => {
  expect(MAX_ATTEMPTS).toBe(8)
})

describe('retryDelayMs', () => {
  test.each([
    [0, 0, 1_000],
    [1, 0, 1_000],
    [2, 0, 2_000],
    [3, 0, 4_000],
    [8, 0, 128_000],
    [9, 0, 256_000],
    [10, 0, 300_000],
    [60, 0, 300_000],
    [1, 30_000, 30_000],
    [8, 30_000, 128_000],
    [10, 900_000, 900_000],
  ])('attempt %i, the platform asks for %i ms: %i ms', (attempt, asked, expected) => {
    expect(retryDelayMs(attempt, asked)).toBe(expected)
  })
})
