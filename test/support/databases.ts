import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { inject } from 'vitest'
import { type Database, openEmbedded, openServer } from '../../core/postgres/database.ts'
import { type Migration, migrate } from '../../core/postgres/migrate.ts'
import { openHostilePool } from './hostile-pool.ts'

const folder = new URL('../../migrations/', import.meta.url)

export const migrations: readonly Migration[] = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))

/** A fresh, migrated database on the real server. */
export async function serverDatabase(
  options: { readonly max?: number } = {},
): Promise<Database & { readonly url: string }> {
  const url = await emptyServerDatabase()
  const database = openServer(url, { max: options.max ?? 10 })
  await migrate(database, migrations)
  return { ...database, url }
}

/** The same behind a pooler that gives each transaction any connection; migrations go past it, as in production. */
export async function pooledDatabase(): Promise<Database & { readonly url: string; readonly directUrl: string }> {
  const directUrl = await emptyServerDatabase()
  const pool = await openHostilePool(directUrl)
  const database = openServer(pool.url, { max: 10, directUrl })
  await migrate(database, migrations)
  return {
    ...database,
    url: pool.url,
    directUrl,
    close: async () => {
      await database.close()
      await pool.close()
      if (pool.refused.length > 0) throw new Error(`The pooler refused: ${pool.refused.join('; ')}`)
    },
  }
}

/** A fresh database on the real server with nothing in it. */
export async function emptyServerDatabase(): Promise<string> {
  const url = inject('postgresUrl')
  const name = `tenure_${randomBytes(6).toString('hex')}`
  const admin = openServer(url, { max: 1 })
  await admin.exec(`create database ${name}`)
  await admin.close()
  return url.replace(/\/postgres$/, `/${name}`)
}

/** A fresh, migrated embedded database in memory. */
export async function embeddedDatabase(): Promise<Database> {
  const database = await openEmbedded(null)
  await migrate(database, migrations)
  return database
}
