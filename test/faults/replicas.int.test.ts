import { expect, it } from 'vitest'
import { emptyServerDatabase } from '../support/databases.ts'
import { seedOfRun } from '../support/random.ts'
import { runReplicaSchedule } from './replica-schedule.ts'

it('three replicas on one database, 64 clients: no double effect, stops hold, budgets and limits are one, restarts go unnoticed', async () => {
  const seed = seedOfRun(64)
  const report = await runReplicaSchedule({ databaseUrl: await emptyServerDatabase(), seed, stops: 2, actions: 30 })
  expect(report.violations, `Replay with TENURE_SEED=${seed}`).toEqual([])
  expect(report.faults).toEqual({ SIGKILL: 1, SIGTERM: 1, stops: 2 })
  expect(report.retried).toBeGreaterThan(0)
  expect(report.endings['executed']).toBeGreaterThan(8)
}, 300_000)
