import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import type { Store } from '../../core/ports/store.ts'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { createSideJobs, type SideJobs } from '../../core/postgres/side-jobs.ts'
import { createStore } from '../../core/postgres/store.ts'
import { type CommitProxy, startCommitProxy } from '../support/commit-proxy.ts'
import { serverDatabase } from '../support/databases.ts'
import { crashOnce, loseCommit, openStage, pointsOf, type CrashStage } from './crash-scenarios.ts'
import { VERBS } from './crash-verbs.ts'

let database: Database & { readonly url: string }
let proxied: Database
let proxy: CommitProxy
let sideJobs: SideJobs
beforeAll(async () => {
  database = await serverDatabase()
  proxy = await startCommitProxy(database.url)
  proxied = openServer(proxy.url, { max: 4 })
  sideJobs = await createSideJobs(proxied)
})
afterAll(async () => {
  await sideJobs.close()
  await proxied.close()
  await proxy.close()
  await database.close()
})

const through = ({ world }: CrashStage): Store => createStore(proxied, world.now)

/** Points of the store that no commit follows, or that no writer waits for. */
const WITHOUT_COMMIT = ['store.begin', 'store.read', 'store.rollback', 'store.databaseNow']

test.each(VERBS)('$name: the answer to any commit is lost', { timeout: 300_000 }, async (verb) => {
  const stage = await openStage(database)
  try {
    const alive = await pointsOf(stage, verb, 0)
    const breaches = [...alive.breaches]
    const commits = alive.points.filter(
      ({ name, side }) => side === 'before' && name.startsWith('store.') && !WITHOUT_COMMIT.includes(name),
    )
    for (const [index, point] of commits.entries())
      breaches.push(...(await crashOnce(stage, verb, point, index + 1, loseCommit(proxy, through(stage)))).breaches)
    expect(breaches).toEqual([])
  } finally {
    await stage.world.close()
  }
})

it('is told to the caller, and what was committed is not done again', async () => {
  const stage = await openStage(database)
  const { world } = stage
  let calls = 0
  const transacted = through(stage).transact(world.workspaceId, async (tx) => {
    calls += 1
    await tx.appendEvent({
      subject: 'probe',
      subjectVersion: await tx.nextSubjectVersion('probe'),
      type: 'tried',
      body: {},
    })
    proxy.loseNextCommit()
    return ok(undefined)
  })
  await expect(transacted).rejects.toThrow(/CONNECTION_CLOSED|Failed query/)
  expect(calls).toBe(1)
  expect(await world.events('probe')).toEqual(['tried'])
  await world.close()
})
