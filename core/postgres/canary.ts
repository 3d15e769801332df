import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from './database.ts'

/**
 * Whether what was just written is read back: once, and once more after it changed. Each read is the plain statement
 * that a cache in between would answer from its memory. `probe`: an id that nobody else uses. True: nothing is cached.
 */
export async function readsAreFresh(database: Database, probe: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const read = async (): Promise<number | undefined> =>
    rowsOf<{ value: number }>(await database.drizzle.execute(sql`select value from canaries where probe = ${probe}`))[0]
      ?.value
  await database.drizzle.execute(sql`insert into canaries values (${probe}, 1, ${at}::timestamptz)`)
  const first = await read()
  await database.drizzle.execute(sql`update canaries set value = 2 where probe = ${probe}`)
  const second = await read()
  // A check that broke off leaves its row to the next one.
  await database.drizzle.execute(
    sql`delete from canaries where probe = ${probe} or written_at < ${at}::timestamptz - interval '1 hour'`,
  )
  return first === 1 && second === 2
}
