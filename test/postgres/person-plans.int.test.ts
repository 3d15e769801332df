import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WorkspaceId } from '../../core/domain/ids.ts'
import { type Database, queryOf } from '../../core/postgres/database.ts'
import { createNewId } from '../../core/postgres/new-id.ts'
import { personRows } from '../../core/postgres/person-rows.ts'
import { serverDatabase } from '../support/databases.ts'

const PEOPLE = 2000
const NOW = new Date('2026-03-04T17:00:00.000Z')
const newId = createNewId(() => NOW.getTime())
const digestOf = (n: number): string => `digest-${n}`

let database: Database
beforeAll(async () => {
  database = await serverDatabase({ max: 2 })
})
afterAll(() => database.close())

/** People of a workspace of their own, each with an address and a consent. */
async function fill(workspaceId: WorkspaceId): Promise<void> {
  const ids = Array.from({ length: PEOPLE }, () => newId('per'))
  await database.query(
    "insert into workspaces (workspace_id, name, time_zone, locale, currency, approvals_channel, home, created_at) values ($1, 'A practice', 'UTC', 'en-US', 'USD', 'C1', false, $2)",
    [workspaceId, NOW.toISOString()],
  )
  await database.drizzle.transaction(async (tx) => {
    const rows = personRows(tx, workspaceId, NOW)
    await rows.add(
      ids,
      ids.map((personId, n) => ({ digest: digestOf(n), kind: 'email' as const, personId })),
    )
    await rows.recordConsents(
      ids.map((personId) => ({
        id: newId('cns'),
        personId,
        channel: 'email',
        standing: 'given' as const,
        source: 'a form',
        at: NOW,
        recordedAt: NOW,
        byId: newId('mem'),
      })),
    )
  })
}

it('checks a workspace of which the planner knows nothing yet by reading each person a few times', async () => {
  const workspaceId = newId('wks')
  await fill(newId('wks'))
  // What the planner knows is of before: the workspace that follows is to it one that has next to nobody.
  for (const table of ['people', 'person_identifiers', 'consents'])
    await database.query(`alter table ${table} set (autovacuum_enabled = false)`, [])
  await database.query('analyze', [])
  await fill(workspaceId)
  const digests = Array.from({ length: PEOPLE }, (_, n) => digestOf(n))
  const read = await database.drizzle.transaction(async (tx) => {
    const rows = personRows(tx, workspaceId, NOW)
    const found = await rows.standings(
      digests.map((digest) => [digest]),
      { channel: 'email', at: NOW, days: 7, actionId: newId('act') },
    )
    expect(found.filter(({ consent }) => consent === 'given')).toHaveLength(PEOPLE)
    expect((await rows.whose(digests)).people.size).toBe(PEOPLE)
    expect(await rows.isAnybodyLeftOut('email', 'Mailchimp')).toBe(false)
    return queryOf(tx)<{ readonly name: string; readonly rows: number }>(
      'select s.relname as name, (s.seq_tup_read + coalesce(s.idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables s where s.seq_tup_read + coalesce(s.idx_tup_fetch, 0) > 0',
      [],
    )
  })
  expect(read.map(({ name }) => name)).toEqual(expect.arrayContaining(['person_identifiers', 'consents']))
  // Both workspaces' rows for each of the three times that a table is asked: far below each for each.
  for (const { rows } of read) expect(rows).toBeLessThan(PEOPLE * 10)
})
