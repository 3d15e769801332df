import { expect, it } from 'vitest'
import { serverDatabase } from '../support/databases.ts'
import { seedOfRun } from '../support/random.ts'
import { runRandomFaults } from './random-faults.ts'

/** The long form is `npm run test:soak`. */
const ACTIONS = Number(process.env['TENURE_ACTIONS'] ?? 200)

it('each of many actions against failing platforms ends executed once, failed with a reason, or as an exception', async () => {
  const seed = seedOfRun(20_261_122)
  const database = await serverDatabase({ max: 20 })
  const report = await runRandomFaults(database, { seed, actions: ACTIONS })
  await database.close()
  if (process.env['TENURE_ACTIONS']) process.stdout.write(`${JSON.stringify(report)}\n`)
  expect(report.violations, `Replay with TENURE_SEED=${seed}`).toEqual([])
  // It did go wrong, in every way, and most of it came to a good end.
  expect(Object.keys(report.faults).length, JSON.stringify(report)).toBeGreaterThanOrEqual(7)
  expect((report.endings['executed'] ?? 0) + (report.endings['undone'] ?? 0)).toBeGreaterThan(ACTIONS * 0.9)
}, 1_800_000)
