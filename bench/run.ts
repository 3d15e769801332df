import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Arguments, Part } from './arguments.ts'
import {
  measureCards,
  measureGrowth,
  measureHot,
  measureMemory,
  measureMillion,
  measureSettlement,
} from './gate-parts.ts'
import { seedWorkspaces } from './gate.ts'
import { startLoad } from './load-client.ts'
import {
  type Bench,
  measureClicks,
  measureCounts,
  measureJob,
  measurePropose,
  measureTwice,
  warmUp,
  WORKSPACES,
} from './parts.ts'
import { openPostgres, type Server } from './postgres.ts'
import { type Program, startProgram } from './programs.ts'
import { markdown, tables } from './report.ts'
import type { ProgramResults, Results } from './results.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Starts everything, measures what was asked for, prints the tables, writes the numbers. */
export async function run(asked: Arguments): Promise<void> {
  const started = performance.now()
  const say = (text: string): void =>
    void process.stderr.write(`${String(Math.round((performance.now() - started) / 1000)).padStart(4)} s  ${text}\n`)
  say('Postgres')
  const server = await openPostgres(asked.url)
  const load = await startLoad()
  const results = emptyResults(asked, server)
  const programs: Program[] = []
  let stopped: Promise<void> | undefined
  const stopAll = async (): Promise<void> => {
    load.close()
    await Promise.allSettled(programs.map((program) => program.stop()))
    await server.stop()
  }
  // An interruption and the error that it causes both end here.
  const stop = (): Promise<void> => (stopped ??= stopAll())
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(130)))
  try {
    await server.set({ disk: 'ordinary', countStatements: false })
    for (const name of asked.only) {
      say(`start ${name}`)
      try {
        const program = await startProgram(server, name, load.platformUrl)
        if (name === 'gate') await seedWorkspaces(server.connect(program.database), { first: 1, count: WORKSPACES })
        await program.pause()
        programs.push(program)
        results.programs[name] = { propose: {}, job: {} }
      } catch (error) {
        say(`  ${error instanceof Error ? error.message : String(error)}`)
        results.programs[name] = { propose: {}, job: {}, failed: 'did not start' }
      }
    }
    const resultsOf = (program: Program): ProgramResults => results.programs[program.name] ?? { propose: {}, job: {} }
    const { rounds, seconds } = asked
    const bench: Bench = { server, load, programs, results: resultsOf, rounds, ms: seconds * 1000, say }
    say('warm up')
    await warmUp(bench)
    await measureAll(bench, asked, results)
    results.seconds = (performance.now() - started) / 1000
    writeFileSync(asked.json, `${JSON.stringify(results, null, 2)}\n`)
    process.stdout.write(`\n${tables(results)}\n`)
    if (asked.readme) process.stdout.write(`\n${markdown(results)}\n`)
    say(`done; the numbers are in ${asked.json}`)
  } finally {
    await stop()
  }
}

async function measureAll(bench: Bench, asked: Arguments, results: Results): Promise<void> {
  const { server, say, programs } = bench
  const gate = programs.find(({ name }) => name === 'gate')
  const floor = programs.find(({ name }) => name === 'floor')
  const part = async (name: Part, work: () => Promise<void>): Promise<void> => {
    if (!asked.parts.includes(name)) return
    say(name)
    await work()
  }
  const ofGate = (name: Part, work: (gate: Program) => Promise<void>): Promise<void> =>
    part(name, async () => {
      if (gate) await work(gate)
    })
  for (const disk of asked.disks) {
    await server.set({ disk, countStatements: false })
    say(disk === '2ms' ? 'a disk that flushes in 2 ms' : 'the ordinary disk')
    await part('propose', () => measurePropose(bench, disk))
    await part('job', () => measureJob(bench, disk))
    if (disk === '2ms') await ofGate('hot', async (one) => void (results.hot = await measureHot(bench, one)))
  }
  await server.set({ disk: 'ordinary', countStatements: true })
  await part('clicks', () => measureClicks(bench))
  await part('twice', () => measureTwice(bench))
  await part('counts', async () => {
    await measureCounts(bench)
    const bytes = gate && (await measureSettlement(bench, gate))
    if (bytes !== undefined) results.settlementWalBytes = bytes
  })
  await server.set({ disk: 'ordinary', countStatements: false })
  await ofGate('growth', async (one) => void (results.growth = await measureGrowth(bench, one, floor)))
  await ofGate('pending', async (one) => void (results.memory = await measureMemory(bench, one)))
  await ofGate('million', async (one) => void (results.million = await measureMillion(bench, one)))
  await ofGate('cards', async (one) => void (results.cards = await measureCards(bench, one)))
}

function emptyResults(asked: Arguments, server: Server): Results {
  const frozen = ['bench/floor.ts', 'bench/proposal.ts']
  const digest = createHash('sha256')
  for (const path of frozen) digest.update(readFileSync(`${root}${path}`))
  return {
    at: new Date().toISOString(),
    machine: {
      cores: cpus().length,
      model: cpus()[0]?.model ?? '',
      memoryGb: Math.round(totalmem() / 1024 ** 3),
      node: process.version,
    },
    postgres: server.version,
    versions: versions(),
    floor: { sha256: digest.digest('hex'), commit: commitOf(frozen) },
    gateCommit: commitOf([]),
    settings: { rounds: asked.rounds, seconds: asked.seconds },
    programs: {},
  }
}

function versions(): Readonly<Record<string, string>> {
  const read = (path: string): { dependencies?: Record<string, string> } =>
    JSON.parse(readFileSync(`${root}${path}`, 'utf8'))
  return { ...read('bench/package.json').dependencies }
}

/** The newest commit of the files, or of everything; null outside a git work tree. */
function commitOf(paths: readonly string[]): string | null {
  try {
    const found = execFileSync('git', ['log', '-1', '--format=%h', '--', ...paths], { cwd: root, encoding: 'utf8' })
    return found.trim() || null
  } catch {
    return null
  }
}
