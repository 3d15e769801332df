import { cloneActions } from './clone-actions.ts'
import { homeAgents, keysOf, OWNER_TOKEN, seedAgents, seedWorkspaces } from './gate.ts'
import type { Keys } from './load-client.ts'
import { type Bench, aloneP50, cpuOf, middleOf, proposeFor, quietWal, slot, WORKSPACES } from './parts.ts'
import { pause } from './postgres.ts'
import { residentMb } from './process-tree.ts'
import { type Program, startProgram } from './programs.ts'
import type { Growth, Results } from './results.ts'

const HOT = 1
const MANY = keysOf(1, WORKSPACES)
const shortRounds = (bench: Bench): number => Math.min(3, bench.rounds)

/** The rate of one workspace that takes everything, beside that of many. */
export async function measureHot(bench: Bench, gate: Program): Promise<NonNullable<Results['hot']>> {
  const hotKeys = await seedAgents(bench.server.connect(gate.database), HOT, 300)
  const rates = { 16: { hot: [], many: [] }, 64: { hot: [], many: [] } } as {
    readonly [AtOnce in 16 | 64]: { readonly hot: number[]; readonly many: number[] }
  }
  for (let round = 0; round < shortRounds(bench); round += 1) {
    for (const atOnce of [16, 64] as const) {
      for (const [which, keys] of inTurn(round, [['hot', hotKeys] as const, ['many', MANY] as const])) {
        const told = await slot(bench, gate, () => proposeFor(bench, gate, atOnce, bench.ms, keys))
        if (told) rates[atOnce][which].push(told.rate)
      }
    }
  }
  return rates
}

/** What drawing cards costs the proposals: the workspace with Slack connected beside one without. */
export async function measureCards(bench: Bench, gate: Program): Promise<NonNullable<Results['cards']>> {
  const sql = bench.server.connect(gate.database)
  const withCards = await homeAgents(sql, 300, OWNER_TOKEN)
  const without = await seedAgents(sql, HOT + 1, 300)
  const found = { with: { rates: [], cpuMs: [] }, without: { rates: [], cpuMs: [] } } as {
    readonly [Which in 'with' | 'without']: { readonly rates: number[]; readonly cpuMs: number[] }
  }
  for (let round = 0; round < shortRounds(bench); round += 1) {
    for (const [which, keys] of inTurn(round, [['with', withCards] as const, ['without', without] as const])) {
      await slot(bench, gate, async () => {
        const before = cpuOf(bench, gate)
        const told = await proposeFor(bench, gate, 16, bench.ms, keys)
        const after = cpuOf(bench, gate)
        found[which].rates.push(told.rate)
        if (before !== null && after !== null && told.done > 0)
          found[which].cpuMs.push((after.both - before.both) / told.done)
      })
    }
  }
  return found
}

const inTurn = <T>(round: number, all: readonly T[]): readonly T[] => (round % 2 === 0 ? all : [...all].reverse())

/** The log that one settlement writes: the undo windows of all executed actions end at once. */
export async function measureSettlement(bench: Bench, gate: Program): Promise<number | undefined> {
  const sql = bench.server.connect(gate.database)
  const due = await sql`
    update action_states set undo_until = now() - interval '1 second', due_at = now() - interval '1 second'
    where state = 'executed' returning 1`.catch(() => [])
  if (due.length === 0) return undefined
  const bytes = await slot(bench, gate, async () => {
    const from = await bench.server.walBytes()
    for (let tries = 0; tries < 300; tries += 1) {
      const [left] = await sql<{ n: number }[]>`select count(*)::int as n from action_states where state = 'executed'`
      if (left?.n === 0) return (await quietWal(bench.server)) - from
      await pause(100)
    }
    return null
  })
  return bytes === null ? undefined : bytes / due.length
}

/** Resident memory of a gate just started that did some work, before and after many more actions wait. */
export async function measureMemory(bench: Bench, gate: Program): Promise<NonNullable<Results['memory']>> {
  const pending = 10_000
  const before = await memoryAfterWork(bench)
  await cloneActions(bench.server.connect(gate.database), { count: pending, state: 'awaiting_approval' })
  const after = await memoryAfterWork(bench)
  return { before: before.now, after: after.now, peak: after.peak, pending }
}

/** A second process, because the first one keeps the heap that a thousand times more work has left it. */
async function memoryAfterWork(bench: Bench) {
  const fresh = await startProgram(bench.server, 'gate', bench.load.platformUrl, 'its database')
  try {
    await proposeFor(bench, fresh, 16, bench.ms)
    await bench.load.run({ run: 'list', url: fresh.url, keys: MANY, ms: 500, most: 1_000_000 })
    await pause(1000)
    return residentMb(fresh.pid) ?? { now: Number.NaN, peak: Number.NaN }
  } finally {
    await fresh.stop()
  }
}

/** One proposal at a time, before and after rules, scopes and workspaces are many; the floor beside it each time. */
export async function measureGrowth(bench: Bench, gate: Program, floor: Program | undefined): Promise<Growth> {
  const sql = bench.server.connect(gate.database)
  const before = await besideFloor(bench, gate, floor, MANY)
  const first = WORKSPACES + 1
  const grown = await seedWorkspaces(sql, { first, count: 32, words: 1000, scopes: 1000 })
  for (let n = 0; n < 10; n += 1) await seedWorkspaces(sql, { first: first + 32 + n * 1000, count: 1000 })
  const after = await besideFloor(bench, gate, floor, grown)
  const coldP50 = await aloneP50(bench, gate, keysOf(first + 32, 10_000), bench.ms)
  const ratio = floor ? after.floors / before.floors : after.p50 / before.p50
  return { before, after, coldP50, ratio }
}

async function besideFloor(bench: Bench, gate: Program, floor: Program | undefined, keys: Keys) {
  await aloneP50(bench, gate, keys, 700)
  const gates: number[] = []
  const floors: number[] = []
  for (let round = 0; round < shortRounds(bench); round += 1) {
    if (floor) floors.push(await aloneP50(bench, floor, MANY, bench.ms / 2))
    gates.push(await aloneP50(bench, gate, keys, bench.ms))
  }
  const p50 = middleOf(gates)
  return { p50, floors: p50 / middleOf(floors) }
}

/** Proposing and listing in a workspace that has a million settled actions. */
export async function measureMillion(bench: Bench, gate: Program): Promise<NonNullable<Results['million']>> {
  const keys = await seedAgents(bench.server.connect(gate.database), HOT + 2, 50)
  const before = await proposeAndList(bench, gate, keys)
  for (let n = 0; n < 20; n += 1) {
    bench.say(`  ${(n * 50_000).toLocaleString('en')} of a million actions`)
    await cloneActions(bench.server.connect(gate.database), { count: 50_000, state: 'settled', workspace: HOT + 2 })
  }
  await bench.server.connect(gate.database)`analyze`
  const after = await proposeAndList(bench, gate, keys)
  return {
    propose: { before: before.propose, after: after.propose },
    list: { before: before.list, after: after.list },
  }
}

async function proposeAndList(bench: Bench, gate: Program, keys: Keys) {
  const propose: number[] = []
  const list: number[] = []
  for (let round = 0; round < shortRounds(bench); round += 1) {
    propose.push(await aloneP50(bench, gate, keys, bench.ms))
    const told = await slot(bench, gate, () =>
      bench.load.run({ run: 'list', url: gate.url, keys, ms: bench.ms, most: 1_000_000 }),
    )
    list.push(told?.p50 ?? Number.NaN)
  }
  return { propose: middleOf(propose), list: middleOf(list) }
}
