import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { migrate } from '../../core/postgres/migrate.ts'
import type { Point } from '../support/crash-points.ts'
import { emptyServerDatabase } from '../support/databases.ts'
import { migrations } from '../support/migrations.ts'
import { crashOnce, openStage, pointsOf } from './crash-scenarios.ts'
import { VERBS } from './crash-verbs.ts'

let database: Database
beforeAll(async () => {
  // The server lives on here, so that it need not wait for its disk.
  database = openServer(`${await emptyServerDatabase()}?synchronous_commit=off`, { max: 10 })
  await migrate(database, migrations)
})
afterAll(() => database.close())

/** How many moments of each verb are tried here; `TENURE_FAULTS=all` and the soak try every one. */
const MOMENTS = 6

/**
 * Points that differ in what is left behind: after a call it is as before the next one, and wherever a transaction is
 * cut off, it rolls back. Evenly over the verb, its last one included, and another choice for each verb.
 */
function distinct(points: readonly Point[], verbAt: number): readonly Point[] {
  const all = points.filter(
    ({ name, side }, index) => index === points.length - 1 || (side === 'before' && !name.startsWith('tx.')),
  )
  if (process.env['TENURE_FAULTS'] === 'all') return all
  const step = Math.max(1, all.length / MOMENTS)
  return all.filter((_point, index) => index === all.length - 1 || Math.floor((index + (verbAt % step)) % step) === 0)
}

test.each(VERBS)('$name: cut off at any moment, one effect and nothing lost', { timeout: 600_000 }, async (verb) => {
  const stage = await openStage(database)
  try {
    const alive = await pointsOf(stage, verb, 0)
    const breaches = [...alive.breaches]
    for (const [index, point] of distinct(alive.points, VERBS.indexOf(verb)).entries())
      breaches.push(...(await crashOnce(stage, verb, point, index + 1)).breaches)
    expect(breaches).toEqual([])
  } finally {
    await stage.world.close()
  }
})
