import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../core/postgres/database.ts'
import type { Point } from '../support/crash-points.ts'
import { buildCrashEntry, createCrashProcesses, type CrashProcesses } from '../support/crash-processes.ts'
import { serverDatabase } from '../support/databases.ts'
import { crashOnce, dieByKill, openStage, pointsOf } from './crash-scenarios.ts'
import { type Verb } from './crash-steps.ts'
import { VERBS } from './crash-verbs.ts'

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

/** A sixteenth of the kinds here, always the same; `TENURE_FAULTS=all` and the soak try every one. */
const isTried = (kind: string): boolean =>
  process.env['TENURE_FAULTS'] === 'all' || (createHash('sha256').update(kind).digest()[0] ?? 0) % 16 === 0

/** Each kind of point once, in the verb that has had the fewest so far. */
function oneOfEach(points: ReadonlyMap<Verb, readonly Point[]>): ReadonlyMap<Verb, readonly Point[]> {
  const chosen = new Map([...points.keys()].map((verb): [Verb, Point[]] => [verb, []]))
  for (const kind of new Set([...points.values()].flat().map(kindOf))) {
    const [verb] = [...points]
      .filter(([, its]) => its.some((point) => kindOf(point) === kind))
      .map(([one]) => one)
      .toSorted((a, b) => (chosen.get(a)?.length ?? 0) - (chosen.get(b)?.length ?? 0))
    const point = verb && points.get(verb)?.findLast((its) => kindOf(its) === kind)
    if (verb && point) chosen.get(verb)?.push(point)
  }
  return chosen
}

it('killed at kinds of points, over all verbs: one effect and nothing lost', { timeout: 900_000 }, async () => {
  const points = new Map<Verb, readonly Point[]>()
  const breaches: string[] = []
  for (const verb of VERBS) {
    const stage = await openStage(database)
    const alive = await pointsOf(stage, verb, 0)
    points.set(verb, alive.points)
    breaches.push(...alive.breaches)
    await stage.world.close()
  }
  for (const [verb, all] of oneOfEach(points)) {
    const chosen = all.filter((point) => isTried(kindOf(point)))
    if (chosen.length === 0) continue
    const stage = await openStage(database)
    for (const [index, point] of chosen.entries())
      breaches.push(...(await crashOnce(stage, verb, point, index + 1, dieByKill(processes, database.url))).breaches)
    await stage.world.close()
  }
  expect(breaches).toEqual([])
})
