import { afterAll, beforeAll, beforeEach, expect, it, test } from 'vitest'
import type { WorkspaceId } from '../../core/domain/ids.ts'
import type { Database } from '../../core/postgres/database.ts'
import { takeToken } from '../../core/postgres/rate-limits.ts'
import type { Rate } from '../../core/ports/transaction.ts'
import { queryOf } from '../../core/postgres/database.ts'
import { asRole } from '../../core/postgres/transaction.ts'
import { serverDatabase } from '../support/databases.ts'
import { refusedWith } from '../support/rows.ts'
import { idOf } from '../support/views.ts'

const START = Date.UTC(2026, 2, 4, 17)
const OURS = idOf('wks', 'wks_a')
const THEIRS = idOf('wks', 'wks_b')
let database: Database

beforeAll(async () => {
  database = await serverDatabase({ max: 20 })
})
beforeEach(async () => {
  await database.query('truncate rate_limits', [])
})
afterAll(async () => {
  await database.close()
})

/** Takes one at a moment, in milliseconds from the start; null: it may go. */
const take = (ms: number, rate: Rate, key = 'connection', workspaceId: WorkspaceId = OURS): Promise<number | null> =>
  asRole(
    database.drizzle,
    'tenure_app',
    workspaceId,
    () => new Date(START + ms),
    (tx, now) => takeToken(queryOf(tx), workspaceId, key, rate, now),
  )

test.each<[string, Rate, readonly (readonly [number, number | null])[]]>([
  [
    'a burst of three, then one a second',
    { intervalMs: 1_000, burst: 3 },
    [
      [0, null],
      [0, null],
      [0, null],
      [0, 1_000],
      [1, 999],
      [999, 1],
      [1_000, null],
      [1_000, 1_000],
      [2_000, null],
      [2_500, 500],
    ],
  ],
  [
    'a refusal costs nothing',
    { intervalMs: 1_000, burst: 1 },
    [
      [0, null],
      [1, 999],
      [2, 998],
      [1_000, null],
    ],
  ],
  [
    'a burst is full again after as many intervals, and no fuller',
    { intervalMs: 1_000, burst: 2 },
    [
      [0, null],
      [0, null],
      [1_999, null],
      [1_999, 1],
      [2_000, null],
      [60_000, null],
      [60_000, null],
      [60_000, 1_000],
    ],
  ],
  [
    'a clock that steps back waits until it has caught up',
    { intervalMs: 1_000, burst: 1 },
    [
      [5_000, null],
      [0, 6_000],
      [6_000, null],
    ],
  ],
  [
    'several a millisecond',
    { intervalMs: 1, burst: 1 },
    [
      [0, null],
      [0, 1],
      [1, null],
    ],
  ],
])('%s', async (_name, rate, steps) => {
  for (const [ms, wait] of steps) expect([ms, await take(ms, rate)]).toEqual([ms, wait])
})

it('keeps every key and every workspace for itself', async () => {
  const rate = { intervalMs: 60_000, burst: 1 }
  expect(await take(0, rate, 'a')).toBeNull()
  expect(await take(0, rate, 'b')).toBeNull()
  expect(await take(0, rate, 'a', THEIRS)).toBeNull()
  expect(await take(0, rate, 'a')).toBe(60_000)
})

it('takes nothing for another workspace', async () => {
  const forged = asRole(
    database.drizzle,
    'tenure_app',
    OURS,
    () => new Date(START),
    (tx, now) => takeToken(queryOf(tx), THEIRS, 'a', { intervalMs: 1_000, burst: 1 }, now),
  )
  expect(await refusedWith(forged)).toBe('42501')
})

test.each([10, 1])('of 64 at once exactly the burst of %i passes, and the rest wait one interval', async (burst) => {
  const rate = { intervalMs: 60_000, burst }
  const answers = await Promise.all(Array.from({ length: 64 }, () => take(0, rate)))
  expect(answers.filter((wait) => wait === null)).toHaveLength(burst)
  expect(new Set(answers.filter((wait) => wait !== null))).toEqual(new Set([60_000]))
  expect(await take(60_000, rate)).toBeNull()
  expect(await take(60_000, rate)).toBe(60_000)
})
