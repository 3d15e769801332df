import { parseArgs } from 'node:util'
import { type BacktestReport } from '../../core/gate/backtest-policy.ts'
import { freshDatabases } from '../soak/fresh-databases.ts'
import { insertPastActions } from '../support/past-actions.ts'
import { startPostgres } from '../support/postgres.ts'
import { createWorld, value, type World } from '../support/world.ts'

/**
 * What a replay of many past actions takes: time, and the memory of this process at its highest. Beside a tenth of them,
 * so that growth shows. `--actions 100000`.
 */
const { values } = parseArgs({ options: { actions: { type: 'string', default: '100000' } } })
const ACTIONS = Number(values.actions)
const DAYS = 90
const DAY_MS = 86_400_000
const MIB = 1024 * 1024

const POLICY = {
  amount: { ask_above: 5_000, cap: 50_000 },
  blocked_words: ['guaranteed results', 'best dentist', 'pain-free'],
  cost_per_person: { 'hubspot.note.create': 2 },
  budget: { day: { ask_above: 1_500, cap: 2_000 }, week: { cap: 10_000 }, month: { cap: 40_000 } },
  quiet_hours: { from: '21:00', to: '08:00' },
  scopes: [{ when: { category: 'crm_update' }, budget: { day: { cap: 1_800 } } }],
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

type Took = {
  readonly report: BacktestReport
  readonly ms: number
  readonly beforeMiB: number
  readonly peakMiB: number
  /** What is kept at the end, when everything that could go is gone. */
  readonly keptMiB: number
  readonly lineMs: number
}

async function replay(world: World): Promise<Took> {
  globalThis.gc?.()
  const before = process.memoryUsage()
  let peak = before.rss
  let longest = 0
  const started = performance.now()
  let last = started
  const request = { policy: POLICY, days: DAYS, levels: { crm_update: 4 } }
  for await (const line of value(await world.gate.backtestPolicy(world.owner, request))) {
    peak = Math.max(peak, process.memoryUsage().rss)
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    if (line.line !== 'result') continue
    const ms = last - started
    globalThis.gc?.()
    const keptMiB = (process.memoryUsage().heapUsed - before.heapUsed) / MIB
    return { report: line.report, ms, beforeMiB: before.rss / MIB, peakMiB: peak / MIB, keptMiB, lineMs: longest }
  }
  throw new Error('There was no result')
}

const server = await startPostgres()
try {
  const database = await freshDatabases(server.url).migrated()
  for (const count of [ACTIONS / 10, ACTIONS]) {
    const world = await createWorld(database)
    const { id } = await world.propose({ kind: 'hubspot.note.create', input: { contactId: '101', body: 'Note' } })
    const { workspaceId } = world
    await insertPastActions(database, {
      workspaceId,
      like: id,
      from: world.now(),
      everySeconds: (DAYS * DAY_MS) / 1000 / count,
      count,
    })
    await database.query('analyze', [])
    world.pass(DAYS * DAY_MS)
    const { report, ms, beforeMiB, peakMiB, keptMiB, lineMs } = await replay(world)
    say(`${count} actions in ${DAYS} days: ${(ms / 1000).toFixed(1)} s, ${((ms / count) * 1000).toFixed(0)} µs each,`)
    say(`  at most ${lineMs.toFixed(0)} ms between two lines of progress,`)
    say(`  ${beforeMiB.toFixed(0)} MiB before, at most ${peakMiB.toFixed(0)}, kept at the end ${keptMiB.toFixed(1)}`)
    say(`  ${report.says}`)
    await database.query('truncate actions cascade', [])
    await world.close()
  }
  await database.close()
} finally {
  await server.stop()
}
