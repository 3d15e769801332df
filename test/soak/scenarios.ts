import { runCrashSchedule } from '../faults/crash-scenarios.ts'
import { runRandomFaults } from '../faults/random-faults.ts'
import { runReplicaSchedule } from '../faults/replica-schedule.ts'
import { createRandom, seedFrom } from '../support/random.ts'
import type { Rates } from '../faults/fault-plan.ts'
import type { FreshDatabases } from './fresh-databases.ts'

export type ScenarioReport = {
  /** How often each thing went wrong on purpose. */
  readonly faults: Readonly<Record<string, number>>
  readonly endings?: Readonly<Record<string, number>>
  readonly violations: readonly string[]
}

/** A family of schedules: what happens in one follows from its seed. */
export type Scenario = {
  readonly name: string
  readonly run: (seed: number, databases: FreshDatabases, log: (line: string) => void) => Promise<ScenarioReport>
}

/** The soak goes through these in turn; a new family is one more line. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'platform faults', run: platformFaults },
  { name: 'replicas', run: replicas },
  { name: 'crashes', run: crashes },
]

/** Verbs in the seed's order, each cut off at points in the seed's order. */
async function crashes(seed: number, databases: FreshDatabases): Promise<ScenarioReport> {
  const database = await databases.migrated()
  let left = 60 + createRandom(seedFrom(seed, 'crashes')).below(120)
  try {
    const goOn = (): boolean => (left -= 1) > 0
    const { crashes: times, violations } = await runCrashSchedule({ seed, database, goOn })
    return { faults: { 'cut off': times }, violations }
  } finally {
    await database.close()
  }
}

const MOST_ACTIONS = 300

/** As many actions and faults as the seed says, up to a fifth of all requests going wrong in one way or another. */
async function platformFaults(seed: number, databases: FreshDatabases): Promise<ScenarioReport> {
  const random = createRandom(seedFrom(seed, 'rates'))
  const upTo = (most: number): number => random.next() * most
  const rates: Rates = {
    error: upTo(0.08),
    rateLimited: upTo(0.04),
    slow: upTo(0.02),
    malformed: upTo(0.03),
    refused: upTo(0.03),
    lostAnswer: upTo(0.04),
    lostRequest: upTo(0.02),
    unavailable: upTo(0.03),
    expired: upTo(0.004),
  }
  const database = await databases.migrated()
  try {
    return await runRandomFaults(database, { seed, actions: 60 + random.below(MOST_ACTIONS - 60), rates })
  } finally {
    await database.close()
  }
}

async function replicas(seed: number, databases: FreshDatabases, log: (line: string) => void): Promise<ScenarioReport> {
  const random = createRandom(seedFrom(seed, 'schedule'))
  return await runReplicaSchedule({
    databaseUrl: await databases.empty(),
    seed,
    clients: 64,
    restarts: 2 + random.below(3),
    stops: 2 + random.below(3),
    actions: 60 + random.below(120),
    log,
  })
}
