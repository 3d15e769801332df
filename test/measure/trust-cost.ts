import { parseArgs } from 'node:util'
import { ok } from '../../core/domain/result.ts'
import { NO_SUMS } from '../../core/domain/trust/day-sums.ts'
import { startHistory } from '../../core/domain/trust/cell-history.ts'
import { startCell } from '../../core/domain/trust/cell-state.ts'
import { dayOf } from '../../core/domain/trust/score-window.ts'
import { firstScope } from '../../core/domain/trust/trust-book.ts'
import { versionOf, wordingOf } from '../../core/gate/trust-cell.ts'
import { startPostgres } from '../support/postgres.ts'
import { value, createWorld, type World } from '../support/world.ts'
import { freshDatabases } from '../soak/fresh-databases.ts'

/**
 * What counting a decision costs: a rejection that counts beside one that does not (a member's proposal), and one in a
 * scope with 100 decisions beside one with 100,000. Interleaved, as ratios of medians. `--rounds 200`.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } })
const ROUNDS = Number(values.rounds)
const DAYS = 365
const MICRO = 1_000_000
const DAY_MS = 86_400_001
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

/** A year of approvals in one scope, so many in all, one row a day as they are kept. */
async function seed(world: World, decisions: number): Promise<void> {
  const [scope, agentId] = ['crm_update.small', world.agent.id]
  const agentVersion = versionOf({ proposerId: agentId, fingerprint: {} })
  const today = dayOf(world.now().getTime())
  const perDay = Math.max(1, Math.round(decisions / DAYS))
  const cell = {
    scope,
    scenario: note.kind,
    agentId,
    agentVersion,
    wording: wordingOf({ fingerprint: {} }),
    wordingChanges: 0,
    version: decisions,
    countedAtMs: world.now().getTime(),
    history: startHistory(startCell(null)),
  }
  await world.store.transact<void, never>(world.workspaceId, async (tx) => {
    await tx.trust.write({ scopes: [firstScope(scope, today)] })
    for (let back = 0; back < Math.min(DAYS, decisions); back += 1) {
      const quarters = 4 * perDay
      const sums = {
        ...NO_SUMS,
        decisions: perDay,
        approvalQuarters: quarters,
        qualityQuarterMicros: quarters * MICRO,
        confidenceQuarterMicros: quarters * MICRO,
      }
      await tx.trust.write({
        cell,
        day: { scenario: note.kind, agentVersion, wordingChanges: 0, day: today - back, sums },
      })
    }
    return ok(undefined)
  })
}

/** Milliseconds that a rejection takes. */
async function rejection(world: World, by: World['agent'] | World['owner']): Promise<number> {
  const action = await world.propose(note, by)
  const request = { actionId: action.id, decision: 'reject' as const, payloadHash: action.payloadHash ?? '' }
  const started = performance.now()
  value(await world.gate.decideAction(world.admin, { ...request, severity: 'preference' }))
  return performance.now() - started
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

const server = await startPostgres()
try {
  const database = await freshDatabases(server.url).migrated()
  const few = await createWorld(database, { forgetsRejections: true })
  const many = await createWorld(database, { operator: few })
  await seed(few, 100)
  await seed(many, 100_000)
  await database.query('analyze', [])
  const took = { uncounted: [] as number[], few: [] as number[], many: [] as number[] }
  for (let round = -20; round < ROUNDS; round += 1) {
    const uncounted = await rejection(few, few.owner)
    const [inFew, inMany] = [await rejection(few, few.agent), await rejection(many, many.agent)]
    // The first ones warm everything up.
    if (round < 0) continue
    took.uncounted.push(uncounted)
    took.few.push(inFew)
    took.many.push(inMany)
    // A rejection a day: what can still be taken back is kept with the cell for that long.
    for (const world of [few, many]) world.pass(DAY_MS)
  }
  const [uncounted, few100, many100k] = [median(took.uncounted), median(took.few), median(took.many)]
  const shown = (ms: number): string => `${ms.toFixed(2)} ms`
  say(`A rejection, median of ${ROUNDS}, interleaved on one server:`)
  say(`  not counted (a member's)       ${shown(uncounted)}`)
  say(`  counted, 100 decisions before  ${shown(few100)}  ${(few100 / uncounted).toFixed(2)} of not counted`)
  say(`  counted, 100,000 before        ${shown(many100k)}  ${(many100k / few100).toFixed(2)} of 100`)
  await few.close()
  await many.close()
  await database.close()
} finally {
  await server.stop()
}
