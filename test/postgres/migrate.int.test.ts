import { expect, it } from 'vitest'
import { openServer } from '../../core/postgres/database.ts'
import { migrate } from '../../core/postgres/migrate.ts'
import { emptyServerDatabase, migrations } from '../support/databases.ts'

it('applies everything once when two processes start at the same time', async () => {
  const url = await emptyServerDatabase()
  const processes = [openServer(url, { max: 2 }), openServer(url, { max: 2 })]
  const applied = await Promise.all(
    processes.map((database) => migrate(database, migrations)),
  )
  const rows = await processes[0]?.query('select name from tenure_migrations order by name', [])
  expect(rows?.map((row) => row['name'])).toEqual(migrations.map((migration) => migration.name))
  expect(applied.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([0, migrations.length])
  expect(await migrate(processes[0] ?? fail(), migrations)).toEqual([])
  await Promise.all(processes.map((database) => database.close()))
})

function fail(): never {
  throw new Error('no database')
}
