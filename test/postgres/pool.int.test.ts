import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, type Drizzle, openServer, queryOf, rowsOf } from '../../core/postgres/database.ts'
import { withCommit } from '../../core/postgres/pool.ts'
import { emptyServerDatabase } from '../support/databases.ts'

let url: string
let admin: Database
beforeAll(async () => {
  url = await emptyServerDatabase()
  admin = openServer(url, { max: 2 })
  await admin.exec('create table notes (n int)')
})
afterAll(() => admin.close())

const pidOf = async (tx: Drizzle): Promise<number> =>
  rowsOf<{ pid: number }>(await tx.execute(sql`select pg_backend_pid() as pid`))[0]?.pid ?? 0
const written = async (): Promise<readonly unknown[]> =>
  (await admin.query('select n from notes order by n', [])).map(({ n }) => n)

describe('a transaction whose connection the server ends', () => {
  it.each([
    ['while a statement runs', true],
    ['between two statements', false],
  ])('%s fails, writes nothing, and the pool serves on', async (_when, busy) => {
    const database = openServer(url, { max: 1 })
    await admin.exec('truncate notes')
    let work: Promise<unknown> = Promise.resolve()
    const inside = async (tx: Drizzle): Promise<unknown> => {
      const pid = await pidOf(tx)
      await tx.execute(sql`insert into notes values (1)`)
      const running = busy ? tx.execute(sql`select pg_sleep(60)`) : null
      running?.catch(() => undefined)
      await admin.query('select pg_terminate_backend($1)', [pid])
      while ((await admin.query('select 1 from pg_stat_activity where pid = $1', [pid])).length > 0);
      // What the work does afterwards goes nowhere: not on another connection, not outside its transaction.
      return await queryOf(tx)('insert into notes values (2) returning n', [])
    }
    const failed = database.drizzle.transaction((tx) => (work = inside(tx)))
    await expect(failed).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION|57P01|ECONNRESET|EPIPE/) })
    await expect(work).rejects.toBeInstanceOf(Error)
    expect(await written()).toEqual([])
    const again = await database.drizzle.transaction(async (tx) => {
      await tx.execute(sql`insert into notes values (3)`)
      return 'served'
    })
    expect(again).toBe('served')
    expect(await written()).toEqual([3])
    await database.close()
  })

  it('fails also when its work waits for something else', async () => {
    const database = openServer(url, { max: 1 })
    const failed = database.drizzle.transaction(async (tx) => {
      const pid = await pidOf(tx)
      await admin.query('select pg_terminate_backend($1)', [pid])
      await new Promise(() => {})
    })
    await expect(failed).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await database.close()
  })
})

it('rolls back what fails, gives each caller its turn, and never more connections than allowed', async () => {
  const database = openServer(url, { max: 3 })
  await admin.exec('truncate notes')
  const pids = new Set<number>()
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) =>
      database.drizzle.transaction(async (tx) => {
        pids.add(await pidOf(tx))
        await tx.execute(sql`insert into notes values (${n})`)
        if (n % 3 === 0) throw new Error('changed its mind')
      }),
    ),
  )
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(10)
  expect(await written()).toHaveLength(20)
  expect(pids.size).toBe(3)
  await database.close()
})

it('fails a transaction on a server that cannot be reached, and goes on when it can', async () => {
  const nowhere = openServer(url.replace(/:\d+\//, ':1/'), { max: 1 })
  await expect(nowhere.drizzle.transaction((tx) => pidOf(tx))).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNREFUSED|CONNECTION_CLOSED/),
  })
  await expect(nowhere.run('select 1', [])).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNREFUSED|CONNECTION_CLOSED/),
  })
  await nowhere.close()
})

it('fails a transaction that the server rolled back, whatever its work made of the error', async () => {
  const database = openServer(url, { max: 1 })
  await admin.exec('truncate notes')
  const failed = database.drizzle.transaction(async (tx) => {
    await tx.execute(sql`insert into notes values (1)`)
    await tx.execute(sql`select 1 / 0`).catch(() => undefined)
    return 'done'
  })
  await expect(failed).rejects.toThrow('rolled the transaction back')
  expect(await written()).toEqual([])
  await database.close()
})

describe('the last statement, sent with the commit', () => {
  const last = (tx: Drizzle, text: string): Promise<void> => queryOf(tx)(text, []).then(() => undefined)

  it('is part of the transaction', async () => {
    const database = openServer(url, { max: 1 })
    await admin.exec('truncate notes')
    await database.drizzle.transaction(async (tx) => {
      await tx.execute(sql`insert into notes values (1)`)
      await withCommit(tx, last(tx, 'insert into notes values (2)'))
    })
    expect(await written()).toEqual([1, 2])
    await database.close()
  })

  it('fails it with its own error, and writes nothing', async () => {
    const database = openServer(url, { max: 1 })
    await admin.exec('truncate notes')
    const failed = database.drizzle.transaction(async (tx) => {
      await tx.execute(sql`insert into notes values (1)`)
      await withCommit(tx, last(tx, 'select 1 / 0'))
      return 'done'
    })
    await expect(failed).rejects.toMatchObject({ code: '22012' })
    expect(await written()).toEqual([])
    expect(await database.run('select 1 as one', [])).toEqual([{ one: 1 }])
    await database.close()
  })
})

it('leaves no connection behind where the first one could not be made', async () => {
  const name = `tenure_pool_${process.pid}`
  const refused = openServer(`${url}?application_name=${name}`.replace(/\/[^/?]+\?/, '/there_is_none?'), { max: 1 })
  await expect(refused.drizzle.transaction((tx) => pidOf(tx))).rejects.toMatchObject({ code: '3D000' })
  await refused.close()
})
