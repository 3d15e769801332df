import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openServer } from '../../core/postgres/database.ts'
import type { Point } from '../support/crash-points.ts'
import { buildCrashEntry, createCrashProcesses, type CrashProcesses } from '../support/crash-processes.ts'
import { serverDatabase } from '../support/databases.ts'
import { crashOnce, dieByKill, openStage, pointsOf } from './crash-scenarios.ts'
import { type Verb, VERBS } from './crash-verbs.ts'

let database: Database & { readonly url: string }
let processes: CrashProcesses
beforeAll(async () => {
  await buildCrashEntry()
  database = await serverDatabase()
  processes = createCrashProcesses(2)
})
afterAll(async () => {
  processes.close()
  await database.close()
})

const kindOf = ({ name, side }: Point): string => `${side} ${name}`

it('killed at each kind of point, and at each commit and request of each verb: one effect, nothing lost', {
  timeout: 900_000,
}, async () => {
  const seen = new Set<string>()
  const breaches: string[] = []
  let kills = 0
  for (const verb of VERBS) {
    const stage = await openStage(database)
    const alive = await pointsOf(stage, verb, 0)
    const chosen = alive.points.filter((point) => {
      const isNew = !seen.has(kindOf(point))
      seen.add(kindOf(point))
      return isNew
    })
    for (const [index, point] of chosen.entries()) {
      kills += 1
      breaches.push(...(await crashOnce(stage, verb, point, index + 1, dieByKill(processes, database.url))).breaches)
    }
    console.log(verb.name, chosen.length, performance.now())
    await stage.world.close()
  }
  console.log(kills)
  expect(breaches).toEqual([])
})
