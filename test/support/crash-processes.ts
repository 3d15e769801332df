import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Errand, Told } from './crash-entry.ts'
import type { Point } from './crash-points.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const ENTRY = 'dist/crash-entry.js'

/** Bundles the entry, which starts three times as fast as its sources. */
export async function buildCrashEntry(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/support/crash-entry.ts'],
    outfile: ENTRY,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
    external: ['@electric-sql/pglite'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
}

export type Ended = {
  readonly points: readonly Point[]
  readonly answered: boolean
  /** The signal that ended it; null: it came to its end. */
  readonly signal: string | null
  readonly error: string | null
}

export type Sent = {
  readonly ended: Promise<Ended>
  /** It has stopped at its point. */
  readonly paused: Promise<void>
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL') => void
}

/** Processes that are started ahead of their errands, because starting is what takes the time. */
export function createCrashProcesses(ahead: number) {
  const ready: ChildProcess[] = []
  const living = new Set<ChildProcess>()
  const start = (): ChildProcess => {
    const child = spawn(process.execPath, [ENTRY], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    // Passed on, not inherited: one that stands still would hold open what these tests print to.
    child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk))
    living.add(child)
    child.once('exit', () => living.delete(child))
    return child
  }
  const fill = (): void => {
    while (ready.length < ahead) ready.push(start())
  }
  fill()
  return {
    /** Sends the next process on its errand. */
    send(errand: Errand): Sent {
      const child = ready.shift() ?? start()
      fill()
      const points: Point[] = []
      let answered = false
      let error: string | null = null
      if (!child.stdout || !child.stdin) throw new Error('Its pipes were asked for')
      const lines = createInterface({ input: child.stdout })
      const paused = new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          // safe: written by the entry
          const told = JSON.parse(line) as Told
          if (told.kind === 'point') points.push(told.point)
          if (told.kind === 'pausing') resolve()
          if (told.kind === 'answered') answered = true
          if (told.kind === 'ended') error = told.error
        })
      })
      child.stdin.write(`${JSON.stringify(errand)}\n`)
      // `close` comes after the last line was read, `exit` may come before it.
      const ended = new Promise<Ended>((resolve) =>
        child.once('close', (_code, signal) => resolve({ points, answered, signal, error })),
      )
      return { ended, paused, signal: (name) => void child.kill(name) }
    },
    /** Ends all of them, also those that a failed test left standing still. */
    close(): void {
      ready.length = 0
      for (const child of living) child.kill('SIGKILL')
    },
  }
}

export type CrashProcesses = ReturnType<typeof createCrashProcesses>
