import { afterEach, describe, expect, it } from 'vitest'
import { type Database, openEmbedded, openServer } from '../../core/postgres/database.ts'
import { migrate, type Migration } from '../../core/postgres/migrate.ts'
import { emptyServerDatabase } from '../support/databases.ts'
import { migrations } from '../support/migrations.ts'

const opened: Database[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
})

function keep(database: Database): Database {
  opened.push(database)
  return database
}

it('applies everything once when two processes start at the same time', async () => {
  const url = await emptyServerDatabase()
  const one = keep(openServer(url, { max: 2 }))
  const two = keep(openServer(url, { max: 2 }))
  const applied = await Promise.all([migrate(one, migrations), migrate(two, migrations)])
  const rows = await one.query('select name from tenure_migrations order by name', [])
  expect(rows.map((row) => row['name'])).toEqual(migrations.map((migration) => migration.name))
  expect(applied.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([0, migrations.length])
  expect(await migrate(one, migrations)).toEqual([])
})

describe.each<[string, () => Promise<Database>]>([
  ['a server', async () => keep(openServer(await emptyServerDatabase(), { max: 2 }))],
  ['the embedded database', async () => keep(await openEmbedded(null))],
])('a migration that fails on %s', (_name, open) => {
  const first: Migration = { name: '9000_first.sql', sql: 'create table first_made (id int primary key);' }
  const good: Migration = { name: '9001_good.sql', sql: 'create table good_made (id int primary key);' }
  const bad: Migration = {
    name: '9002_bad.sql',
    sql: 'create table bad_made (id int primary key);\ninsert into no_such_table values (1);',
  }
  const made = async (database: Database) =>
    (await database.query(`select tablename from pg_tables where tablename like '%\\_made' order by 1`, [])).map(
      (row) => row['tablename'],
    )

  it('leaves nothing half done, says why, and gives the lock back', async () => {
    const database = await open()
    expect(await migrate(database, [...migrations, first])).toEqual([
      ...migrations.map((migration) => migration.name),
      first.name,
    ])

    await expect(migrate(database, [...migrations, first, good, bad])).rejects.toThrow(/no_such_table/)
    expect(await made(database)).toEqual(['first_made'])
    const names = await database.query('select name from tenure_migrations order by name', [])
    expect(names.map((row) => row['name'])).toEqual([...migrations.map((migration) => migration.name), first.name])
    expect(await database.query(`select 1 from pg_locks where locktype = 'advisory'`, [])).toEqual([])

    const mended = { ...bad, sql: 'create table bad_made (id int primary key);' }
    expect(await migrate(database, [...migrations, first, good, mended])).toEqual([good.name, mended.name])
    expect(await made(database)).toEqual(['bad_made', 'first_made', 'good_made'])
  })
})
