import { randomBytes } from 'node:crypto'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { migrate } from '../../core/postgres/migrate.ts'
import { migrations } from '../support/migrations.ts'

/** New databases on one server, for as many schedules as there are. */
export type FreshDatabases = {
  /** With nothing in it. */
  empty(): Promise<string>
  migrated(): Promise<Database & { readonly url: string }>
}

export function freshDatabases(serverUrl: string): FreshDatabases {
  const empty = async (): Promise<string> => {
    const name = `tenure_${randomBytes(6).toString('hex')}`
    const admin = openServer(serverUrl, { max: 1 })
    await admin.exec(`create database ${name}`)
    await admin.close()
    return serverUrl.replace(/\/postgres$/, `/${name}`)
  }
  return {
    empty,
    async migrated() {
      const url = await empty()
      const database = openServer(url, { max: 20 })
      await migrate(database, migrations)
      return { ...database, url }
    },
  }
}
