import type { Disk } from './arguments.ts'
import { keysOf } from './gate.ts'
import type { Keys, Load, Told } from './load-client.ts'
import { median, perAction, roundOrder } from './measure.ts'
import { pause, type Server } from './postgres.ts'
import { cpuMs } from './process-tree.ts'
import type { Program } from './programs.ts'
import { type Counted, type JobRuns, type Level, LEVELS, type ProgramResults } from './results.ts'

/** What every part works with. All programs stand still but the one that a slot is for. */
export type Bench = {
  readonly server: Server
  readonly load: Load
  readonly programs: readonly Program[]
  readonly results: (program: Program) => ProgramResults
  readonly rounds: number
  readonly ms: number
  readonly say: (text: string) => void
}

/** The workspaces that proposals go round in. */
export const WORKSPACES = 256
const MANY = keysOf(1, WORKSPACES)
const NO_END = Number.MAX_SAFE_INTEGER
/** Idle backends hand in their counters after ten seconds. */
const COUNTERS_MS = 11_500

/** One program's slot: it alone runs. An error in it is that program's, and the others go on. */
export async function slot<T>(bench: Bench, program: Program, work: () => Promise<T>): Promise<T | null> {
  try {
    if (program.name === 'gate') await dropWaitingCards(bench, program)
    await program.resume()
    return await work()
  } catch (error) {
    bench.results(program).failed = error instanceof Error ? error.message : String(error)
    bench.say(`  ${program.name}: ${bench.results(program).failed}`)
    return null
  } finally {
    await program.pause().catch((error: unknown) => bench.say(`  ${program.name}: ${String(error)}`))
  }
}

/** Cards that an earlier slot left (Slack takes one a second) would be drawn, and paid for, in this one. */
async function dropWaitingCards({ server }: Bench, gate: Program): Promise<void> {
  await server.connect(
    gate.database,
  )`delete from pgboss.job where name = 'card' and state in ('created', 'retry')`.catch(() => {})
}

export const proposeFor = (
  bench: Bench,
  program: Program,
  atOnce: number,
  ms: number,
  keys: Keys = MANY,
  most = NO_END,
): Promise<Told> => bench.load.run({ run: 'propose', url: program.url, keys, atOnce, ms, most })

/** Compiled code and filled pools, before anything is counted. */
export async function warmUp(bench: Bench): Promise<void> {
  for (const program of bench.programs) {
    await slot(bench, program, async () => {
      await proposeFor(bench, program, 16, 1000)
      const job = { run: 'job', url: program.url, keys: MANY, atOnce: 16, ms: 1000, most: NO_END } as const
      if (program.name !== 'floor') await bench.load.run(job)
    })
  }
}

/** Floor and gate in every round on every disk; the others once, on the judged one. */
export async function measurePropose(bench: Bench, disk: Disk): Promise<void> {
  for (const level of LEVELS) {
    for (let round = 0; round < bench.rounds; round += 1) {
      const inRound = bench.programs.filter(({ name }) => isJudged(name) || (round === 0 && disk === '2ms'))
      for (const program of roundOrder(inRound, round)) {
        const ms = isJudged(program.name) ? bench.ms : bench.ms / 2
        const told = await slot(bench, program, () => proposeFor(bench, program, level, ms))
        if (told) ratesOf(bench.results(program), disk)[level].push(told.rate)
      }
    }
  }
}

const isJudged = (name: string): boolean => name === 'floor' || name === 'gate'

function ratesOf(results: ProgramResults, disk: Disk): Record<Level, number[]> {
  const rates = results.propose[disk] ?? { 1: [], 16: [], 64: [] }
  results.propose[disk] = rates
  return rates
}

export async function measureJob(bench: Bench, disk: Disk): Promise<void> {
  const rounds = disk === '2ms' ? Math.min(3, bench.rounds) : 1
  const others = bench.programs.filter(({ name }) => name !== 'floor')
  for (let round = 0; round < rounds; round += 1) {
    for (const program of roundOrder(others, round)) {
      await slot(bench, program, async () => {
        const before = cpuOf(bench, program)
        const asked = { run: 'job', url: program.url, keys: MANY, atOnce: 16, ms: bench.ms, most: NO_END } as const
        const told = await bench.load.run(asked)
        const after = cpuOf(bench, program)
        const runs = jobRunsOf(bench.results(program), disk)
        runs.rates.push(told.rate)
        runs.p50.push(told.p50)
        runs.p95.push(told.p95)
        runs.failed += told.failed
        if (before === null || after === null || told.done === 0) return
        runs.cpuMs.push((after.both - before.both) / told.done)
        runs.databaseCpuMs.push((after.database - before.database) / told.done)
      })
    }
  }
}

function jobRunsOf(results: ProgramResults, disk: Disk): JobRuns {
  const runs = results.job[disk] ?? { rates: [], cpuMs: [], databaseCpuMs: [], p50: [], p95: [], failed: 0 }
  results.job[disk] = runs
  return runs
}

/** Of the program and of the database, which works for nobody else in its slot. */
export function cpuOf(bench: Bench, program: Program): { readonly both: number; readonly database: number } | null {
  const own = cpuMs(program.pid)
  const database = bench.server.pid === null ? null : cpuMs(bench.server.pid)
  return own === null || database === null ? null : { both: own + database, database }
}

export async function measureClicks(bench: Bench): Promise<void> {
  for (const program of bench.programs) {
    if (program.name === 'floor') continue
    await slot(bench, program, async () => {
      const asked = { url: program.url, keys: MANY, most: NO_END } as const
      await bench.load.run({ ...asked, run: 'clicks', ms: 300 })
      const { p50, p95, done, failed } = await bench.load.run({ ...asked, run: 'clicks', ms: bench.ms })
      bench.results(program).clicks = { p50, p95, n: done, failed }
    })
  }
}

export async function measureTwice(bench: Bench): Promise<void> {
  for (const program of bench.programs) {
    if (program.name === 'floor') continue
    await slot(bench, program, async () => {
      const { most = 0, least = 0 } = await bench.load.run({
        run: 'twice',
        url: program.url,
        keys: MANY,
        times: 8,
        waitMs: 500,
      })
      bench.results(program).twice = { most, least }
    })
  }
}

/** What one action, and one proposal, writes; counts do not swing with the machine. */
export async function measureCounts(bench: Bench): Promise<void> {
  const jobs = bench.programs.filter(({ name }) => name !== 'floor')
  const actions = await countRuns(bench, jobs, (program) =>
    bench.load.run({ run: 'job', url: program.url, keys: MANY, atOnce: 16, ms: 5000, most: 300 }),
  )
  for (const [program, counted] of actions) bench.results(program).action = counted
  const proposals = await countRuns(bench, bench.programs, (program) => proposeFor(bench, program, 64, 4000, MANY, 640))
  for (const [program, counted] of proposals) bench.results(program).proposal = counted
}

async function countRuns(
  bench: Bench,
  programs: readonly Program[],
  run: (program: Program) => Promise<Told>,
): Promise<Map<Program, Counted>> {
  const { server } = bench
  await pause(COUNTERS_MS)
  const before = new Map(
    await Promise.all(programs.map(async (program) => [program, await server.counters(program.database)] as const)),
  )
  const runs = new Map<Program, { readonly walBytes: number; readonly done: number }>()
  for (const program of programs) {
    await slot(bench, program, async () => {
      const from = await server.walBytes()
      const { done } = await run(program)
      const to = await quietWal(server)
      runs.set(program, { walBytes: (to - from) / done, done })
    })
  }
  await pause(COUNTERS_MS)
  const counted = new Map<Program, Counted>()
  for (const [program, { walBytes, done }] of runs) {
    const each = perAction(before.get(program) ?? {}, await server.counters(program.database), done)
    // safe: the counters' own names
    counted.set(program, { walBytes, ...each } as Counted)
  }
  return counted
}

/** Where the log stands once what goes on after the answers has gone through, or after three seconds. */
export async function quietWal(server: Server): Promise<number> {
  let last = await server.walBytes()
  for (let tries = 0; tries < 15; tries += 1) {
    await pause(200)
    const now = await server.walBytes()
    if (now - last < 500) return now
    last = now
  }
  return last
}

/** The median of one proposal at a time, of some short runs. */
export async function aloneP50(bench: Bench, program: Program, keys: Keys, ms: number): Promise<number> {
  const told = await slot(bench, program, () => proposeFor(bench, program, 1, ms, keys))
  return told?.p50 ?? Number.NaN
}

export const middleOf = (numbers: readonly number[]): number => median(numbers.filter((one) => !Number.isNaN(one)))
