import { GATE_NAMES } from '../../core/domain/trust/gate.ts'
import { freshDatabases } from '../soak/fresh-databases.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { startPostgres } from '../support/postgres.ts'
import { seedFrom } from '../support/random.ts'
import { WALLS } from '../support/walls.ts'
import { createWorld } from '../support/world.ts'
import { MOST_APART } from './agreement.ts'
import { coreHistory } from './core-history.ts'
import { type Sampled, sampledTables } from './sampled-tables.ts'
import { SAMPLED_AGENTS, SAMPLED_HISTORIES, type SampledAgent } from './sampled-agents.ts'
import { SEED } from './seed.ts'
import type { Experiment, Measured } from './table.ts'
import { throughGate } from './through-gate.ts'

const FULL = 2_000
/** Histories at a time, each on a database of its own: one waits for the server while another computes. */
const AT_ONCE = 3

/** A few histories of some agents through the use cases on a real Postgres, beside the core on the same draws. */
export const sample: Experiment<Promise<Measured>> = {
  name: 'sample',
  async run(histories, say) {
    const each = Math.max(1, Math.round((SAMPLED_HISTORIES * histories) / FULL))
    const server = await startPostgres()
    try {
      const sampled = await throughGates(server.url, each, say)
      return { tables: sampledTables(sampled), ...judged(sampled) }
    } finally {
      await server.stop()
    }
  },
}

async function throughGates(serverUrl: string, each: number, say: (line: string) => void): Promise<readonly Sampled[]> {
  const databases = freshDatabases(serverUrl)
  const waiting = SAMPLED_AGENTS.flatMap((agent) => Array.from({ length: each }, (_, at) => ({ agent, at })))
  const sampled: (Sampled & { readonly at: number })[] = []
  const lane = async (): Promise<void> => {
    const database = await databases.migrated()
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { agent, at } = next
      const seed = seedFrom(SEED, `sample ${agent.name} ${at}`)
      // The clock is turned by half a day at a time, and the machine may be busy: no process stood still for that.
      const world = await createWorld(database, { policy: WALLS, isGuarded: false, monotonicMs: () => 0 })
      const gate = await throughGate(world, agent, seed).catch((error: unknown) => {
        throw new Error(`History ${at + 1} of ${agent.name} (seed ${seed})`, { cause: error })
      })
      sampled.push({ agent, at, gate, core: coreHistory(agent, seed) })
      await world.close()
      await emptyDatabase(database)
      if (isLast(sampled, agent, each)) say(`${each} histories of ${agent.name} through the gate`)
    }
    await database.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return sampled.toSorted((a, b) => a.at - b.at)
}

const isLast = (sampled: readonly Sampled[], agent: SampledAgent, each: number): boolean =>
  sampled.filter((one) => one.agent === agent).length === each

function judged(sampled: readonly Sampled[]): Pick<Measured, 'requirements' | 'remarks'> {
  const sum = (of: (one: Sampled) => number): number => sampled.reduce((total, one) => total + of(one), 0)
  const most = Math.max(...sampled.map(({ gate }) => gate.apart))
  const late = sampled.filter(({ gate }) => gate.heldUpBy.length > 0).length
  const heldUp = GATE_NAMES.flatMap((name) => {
    const count = sampled.filter(({ gate }) => gate.heldUpBy.includes(name)).length
    return count === 0 ? [] : [`${name.replaceAll('_', ' ')} in ${count}`]
  })
  return {
    requirements: [
      {
        says: `Through the real gate, ${sampled.length} histories with ${sum(({ agent }) => agent.decisions).toLocaleString('en-GB')} decisions: cell, evidence, score and level are the core's in every one of ${sum(({ gate }) => gate.compared)} comparisons; they differ by ${most.toExponential(1)} at the most, at most 1e-9`,
        holds: most <= MOST_APART,
      },
      {
        says: `The gate proposed level 3 where all gates opened in the core and nowhere else: ${sum(({ gate }) => gate.grants)} times, each granted by a person before anything ran alone; recomputed from the ledger nothing was another`,
        holds: sampled.every(
          ({ agent, gate }) =>
            gate.proposals === gate.grants && (gate.grants > 0 || gate.reviewsAsked === agent.decisions),
        ),
      },
    ],
    remarks: [
      `Gates beyond the four of the tables held level 3 up in ${late === 0 ? 'none' : late} of the ${sampled.length} histories${late === 0 ? '' : ` (${heldUp.join(', ')})`}.`,
    ],
  }
}
