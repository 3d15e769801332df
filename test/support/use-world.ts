import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Database } from '../../core/postgres/database.ts'
import { serverDatabase } from './databases.ts'
import { emptyDatabase } from './empty-database.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** One database a file and an empty one for each test, with a world in it. Returns what gives the current one. */
export function useWorld(
  options: WorldOptions = {},
  open: () => Promise<Database> = serverDatabase,
): { readonly world: World; readonly database: Database } {
  let database: Database | undefined
  let world: World | undefined
  const current = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('There is no world outside a test')
    return value
  }
  beforeAll(async () => {
    database = await open()
  })
  beforeEach(async () => {
    world = await createWorld(current(database), options)
  })
  afterEach(async () => {
    await world?.close()
    await emptyDatabase(current(database))
  })
  afterAll(async () => {
    await database?.close()
  })
  return {
    get world() {
      return current(world)
    },
    get database() {
      return current(database)
    },
  }
}
