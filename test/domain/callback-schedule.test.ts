import { expect, it, test } from 'vitest'
import {
  type AttemptFailure,
  disabledAfter,
  FAILING_FOR_MS,
  isOverloaded,
  MOST_ATTEMPTS,
  nextWaitMs,
} from '../../core/domain/callback-schedule.ts'

const HOUR = 3_600_000
const NOW = new Date('2026-03-04T17:00:00Z')
const ago = (ms: number): Date => new Date(NOW.getTime() - ms)

it('spreads ten attempts over more than three days, each wait longer than the one before', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS }, (_, failed) => nextWaitMs(failed + 1, 0, null))
  expect(waits).toEqual([
    5_000,
    300_000,
    1_800_000,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
    null,
  ])
  expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)).toBeGreaterThan(FAILING_FOR_MS)
})

test.each([
  [1, 0, 5_000],
  [1, 0.5, 5_500],
  [1, 1, 6_000],
  [9, 1, 28.8 * HOUR],
])('after %d failures a jitter of %d waits %d ms', (attempts, jitter, ms) => {
  expect(nextWaitMs(attempts, jitter, null)).toBe(ms)
})

test.each([
  ['a longer wait', 1, 60_000, 60_000],
  ['a shorter one than ours', 2, 1_000, 300_000],
  ['a year', 1, 365 * 24 * HOUR, 24 * HOUR],
  ['anything after the last attempt', MOST_ATTEMPTS, 60_000, null],
])('a receiver that asks for %s', (_what, attempts, askedMs, ms) => {
  expect(nextWaitMs(attempts, 0, askedMs)).toBe(ms)
})

test.each<[AttemptFailure, number, ReturnType<typeof disabledAfter>]>([
  [{ kind: 'status', status: 410 }, 0, 'gone'],
  [{ kind: 'forbidden' }, 0, 'forbidden'],
  [{ kind: 'status', status: 500 }, 0, null],
  [{ kind: 'status', status: 404 }, FAILING_FOR_MS - 1, null],
  [{ kind: 'status', status: 404 }, FAILING_FOR_MS, 'failing'],
  [{ kind: 'unreachable' }, FAILING_FOR_MS, 'failing'],
  [{ kind: 'timeout' }, FAILING_FOR_MS, 'failing'],
  [{ kind: 'unsigned' }, FAILING_FOR_MS, 'failing'],
])('%j after failing for %d ms disables: %s', (failure, forMs, why) => {
  expect(disabledAfter(failure, ago(forMs), NOW)).toBe(why)
})

test.each([
  [429, true],
  [502, true],
  [503, true],
  [504, true],
  [500, false],
  [404, false],
  [301, false],
])('%d asks for peace: %s', (status, expected) => {
  expect(isOverloaded({ kind: 'status', status })).toBe(expected)
})

test.each([
  ['timeout', true],
  ['unreachable', true],
  ['unsigned', false],
  ['forbidden', false],
] as const)('%s leaves the others of the address waiting: %s', (kind, expected) => {
  expect(isOverloaded({ kind })).toBe(expected)
})
