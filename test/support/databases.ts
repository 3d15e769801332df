import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { type Database, openEmbedded, openServer } from '../../core/postgres/database.ts'
import { migrate } from '../../core/postgres/migrate.ts'
import { migrations } from './migrations.ts'
import { MIGRATED } from './postgres.ts'
import { openHostilePool } from './hostile-pool.ts'

/** A fresh, migrated database on the real server. */
export async function serverDatabase(
  options: { readonly max?: number } = {},
): Promise<Database & { readonly url: string }> {
  const url = await emptyServerDatabase(MIGRATED)
  return { ...openServer(url, { max: options.max ?? 10 }), url }
}

/** The same behind a pooler that gives each transaction any connection; migrations go past it, as in production. */
export async function pooledDatabase(): Promise<Database & { readonly url: string; readonly directUrl: string }> {
  const directUrl = await emptyServerDatabase(MIGRATED)
  const pool = await openHostilePool(directUrl)
  const database = openServer(pool.url, { max: 10, directUrl })
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

/** A fresh database on the real server with nothing in it, or with what its template has. */
export async function emptyServerDatabase(template = 'template1'): Promise<string> {
  const url = inject('postgresUrl')
  const name = `tenure_${randomBytes(6).toString('hex')}`
  const admin = openServer(url, { max: 1 })
  await admin.exec(`create database ${name} template ${template}`)
  await admin.close()
  return url.replace(/\/postgres$/, `/${name}`)
}

/** A fresh, migrated embedded database in memory. */
export async function embeddedDatabase(): Promise<Database> {
  const database = await openEmbedded(null)
  await migrate(database, migrations)
  return database
}
