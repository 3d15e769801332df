import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { openServer } from '../../core/postgres/database.ts'
import { asRole } from '../../core/postgres/transaction.ts'
import { emptyServerDatabase } from '../support/databases.ts'
import { type HostilePool, openHostilePool } from '../support/hostile-pool.ts'

/** The pooler of the tests has to be as bad as it says; the suites that run through it prove nothing otherwise. */
describe('the pooler', () => {
  let directUrl: string
  let pool: HostilePool
  beforeAll(async () => {
    directUrl = await emptyServerDatabase()
    pool = await openHostilePool(directUrl)
  })
  afterAll(() => pool.close())

  test.each([
    ['listen', 'listen somebody'],
    ['a lock of the session', 'select pg_advisory_lock(1)'],
    ['a setting of the session', "set search_path to 'elsewhere'"],
    ['a statement that is kept', 'prepare one as select 1'],
  ])('throws out who asks for %s', async (_what, text) => {
    const client = postgres(pool.url, { max: 1, fetch_types: false, onnotice: () => {} })
    await expect(client.unsafe(text)).rejects.toThrow('a pooler in transaction mode')
    await client.end({ timeout: 1 })
  })

  it('throws out a driver that prepares its statements', async () => {
    const client = postgres(pool.url, { max: 1, fetch_types: false })
    await expect(client`select ${1}::int as one`).rejects.toThrow('prepared statement')
    await client.end({ timeout: 1 })
  })

  it('throws out who starts with a setting that it does not know', async () => {
    const database = openServer(pool.url, { max: 1 })
    await expect(database.drizzle.execute(sql`select 1`)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('unsupported startup parameter: idle_in_transaction_session_timeout') },
    })
    await database.close()
  })

  it('gives another connection to each transaction, and keeps nothing', async () => {
    const database = openServer(pool.url, { max: 1, directUrl })
    const pids = new Set<unknown>()
    for (let turn = 0; turn < 6; turn += 1) {
      const [row] = await database.drizzle.transaction(async (tx) => {
        const seen = await tx.execute(sql`select pg_backend_pid() as pid, current_setting('tenure.left', true) as left`)
        await tx.execute(sql`select set_config('tenure.left', 'here', false)`)
        // safe: the two columns above
        return seen as unknown as readonly { pid: number; left: string | null }[]
      })
      expect(row?.left ?? '').toBe('')
      pids.add(row?.pid)
    }
    expect(pids.size).toBe(3)
    expect(pool.served.moves).toBeGreaterThan(4)
    await database.close()
  })

  it('serves more clients than it has connections, and rolls a dead client back', async () => {
    const database = openServer(pool.url, { max: 8, directUrl })
    await database.exec('create table if not exists dead (n int)')
    const dying = openServer(pool.url, { max: 1, directUrl })
    let inside = (): void => {}
    const entered = new Promise<void>((done) => (inside = done))
    const lost = dying.drizzle
      .transaction(async (tx) => {
        await tx.execute(sql`insert into dead values (1)`)
        inside()
        await new Promise(() => {})
      })
      .catch(() => 'lost')
    await entered
    await dying.close()
    expect(await lost).toBe('lost')
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        database.drizzle.execute(sql`select ${n}::int as n, (select count(*)::int from dead) as dead`),
      ),
    )
    expect(answers.map((rows) => (rows as unknown as readonly object[])[0])).toEqual(
      Array.from({ length: 40 }, (_, n) => ({ n, dead: 0 })),
    )
    await database.close()
  })
})

it('a workspace ends with its transaction, also where the next one on the connection is somebody else’s', async () => {
  const directUrl = await emptyServerDatabase()
  const pool = await openHostilePool(directUrl, 1)
  const database = openServer(pool.url, { max: 4, directUrl })
  await database.exec('create role tenure_app nologin').catch(() => {})
  const seen = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      asRole(
        database.drizzle,
        'tenure_app',
        `wks_${n}`,
        (now) => now,
        (tx) => tx.execute(sql`select current_user as who, current_setting('tenure.workspaces') as workspace`),
      ),
    ),
  )
  expect(seen.map((rows) => (rows as unknown as readonly object[])[0])).toEqual(
    Array.from({ length: 20 }, (_, n) => ({ who: 'tenure_app', workspace: `wks_${n}` })),
  )
  expect(await database.drizzle.execute(sql`select current_user as who`)).toMatchObject([{ who: 'postgres' }])
  expect(pool.refused).toEqual([])
  await database.close()
  await pool.close()
})
