import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProgramName } from './arguments.ts'
import { gateEnv } from './gate.ts'
import { pause, type Server } from './postgres.ts'
import { treeOf } from './process-tree.ts'
import { scratchFolder } from './scratch.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

const FILES: Readonly<Record<ProgramName, string>> = {
  floor: 'bench/floor.ts',
  gate: 'dist/node.js',
  'graphile-worker': 'bench/contenders/graphile-worker.ts',
  'graphile-worker-ledger': 'bench/contenders/graphile-worker-ledger.ts',
  'pg-boss': 'bench/contenders/pg-boss.ts',
  restate: 'bench/contenders/restate.ts',
  dbos: 'bench/contenders/dbos.ts',
  langgraph: 'bench/contenders/langgraph.ts',
}

/** Restate's server takes a stopped clock for a lost node; idle it needs 4 % of a core. */
const GOES_ON: readonly ProgramName[] = ['restate']

export type Program = {
  readonly name: ProgramName
  readonly database: string
  readonly url: string
  readonly pid: number
  /** Stands still while others are measured: two cores are too few for eight programs that poll. */
  pause(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

/** Starts a program on a database of its own, an empty one or what it left there; it is running when this returns. */
export async function startProgram(
  server: Server,
  name: ProgramName,
  platformUrl: string,
  on: 'empty' | 'its database' = 'empty',
): Promise<Program> {
  const database = `bench_${name.replaceAll('-', '_')}`
  const databaseUrl = on === 'empty' ? await server.createDatabase(database) : server.urlOf(database)
  const folder = scratchFolder(database)
  const settings =
    name === 'gate'
      ? gateEnv(databaseUrl, platformUrl, folder)
      : { DATABASE_URL: databaseUrl, PLATFORM_URL: platformUrl }
  const child = spawn(process.execPath, [join(root, FILES[name])], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not start:\n${said}`)), 90_000)
    const hear = (chunk: Buffer): void => {
      said = `${said}${chunk.toString()}`.slice(-4000)
      const at = /(?:^|\n)(?:ready|\s*Gate)\s+(http:\/\/\S+)/.exec(said)?.[1]
      if (at === undefined) return
      clearTimeout(timer)
      resolve(at)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}:\n${said}`)))
  })
  let stopping = false
  child.once('exit', (code) => {
    if (!stopping) process.stderr.write(`${name} ended by itself with ${code}:\n${said}\n`)
  })
  const pid = child.pid ?? 0
  let paused: readonly number[] = []
  const resume = async (): Promise<void> => {
    for (const one of paused) signal(one, 'SIGCONT')
    if (paused.length > 0) await pause(300)
    paused = []
  }
  return {
    name,
    database,
    url,
    pid,
    async pause() {
      if (GOES_ON.includes(name)) return
      paused = treeOf(pid)
      // Not in the middle of a transaction, which would hold its locks and be ended by its own time limit. Asked twice:
      // what was sent before it stood still may not have been read yet.
      for (let tries = 0; tries < 100; tries += 1) {
        for (const one of paused) signal(one, 'SIGSTOP')
        if ((await server.isIdle(database)) && (await later(30, () => server.isIdle(database)))) return
        for (const one of paused) signal(one, 'SIGCONT')
        await pause(tries + 1)
      }
      throw new Error('it never rests, so it goes on while others are measured')
    },
    resume,
    async stop() {
      stopping = true
      await resume()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const stuck = setTimeout(() => treeOf(pid).forEach((one) => signal(one, 'SIGKILL')), 10_000)
      if (child.exitCode === null) await ended
      clearTimeout(stuck)
    },
  }
}

async function later<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  await pause(ms)
  return await ask()
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended meanwhile.
  }
}
