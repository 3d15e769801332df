import fc from 'fast-check'
import { expect } from 'vitest'
import type { Database } from '../../core/postgres/database.ts'
import { serverDatabase } from '../support/databases.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { seedOfRun } from '../support/random.ts'

export type Outcome = {
  readonly breaches: readonly string[]
  /** What happened how often, so that a test can tell that something did. */
  readonly counts: Readonly<Record<string, number>>
}

type Server = Database & { readonly url: string }
type Options<T> = {
  readonly schedules: fc.Arbitrary<T>
  readonly seed: number
  readonly runs: number
  readonly prepare?: (database: Server) => Promise<void>
}

/**
 * Lives through random schedules, one after another in one database, until one is in breach; what happened in all of them.
 * More of them: `TENURE_SCHEDULES=200`; one again: `TENURE_SEED` as it was printed.
 */
export async function liveThrough<T>(
  { schedules, seed: usual, runs, prepare }: Options<T>,
  live: (database: Server, schedule: T) => Promise<Outcome>,
): Promise<{ readonly counts: Readonly<Record<string, number>>; readonly runs: number }> {
  const asked = process.env['TENURE_SCHEDULES']
  const numRuns = Number(asked ?? runs)
  const seed = seedOfRun(usual)
  const database = await serverDatabase({ max: 20 })
  const counts: Record<string, number> = {}
  try {
    await prepare?.(database)
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const outcome = await live(database, schedule).finally(() => emptyDatabase(database))
        for (const [name, count] of Object.entries(outcome.counts)) counts[name] = (counts[name] ?? 0) + count
        expect(outcome.breaches, `Replay with TENURE_SEED=${seed}`).toEqual([])
      }),
      // A race that is lost once is seldom lost again on a smaller schedule.
      { seed, numRuns, endOnFailure: true },
    )
  } finally {
    await database.close()
  }
  if (asked) process.stdout.write(`${JSON.stringify({ seed, ...counts })}\n`)
  return { counts, runs: numRuns }
}
