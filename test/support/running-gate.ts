import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const STARTS_WITHIN_MS = 60_000

export type RunningGate = {
  readonly url: string
  readonly agentKey: string
  readonly ownerToken: string
  /** Everything that it printed. */
  readonly printed: () => string
  readonly process: ChildProcess
  readonly close: () => Promise<void>
}

/** The built gate in a process of its own, on a free port and an empty data folder. */
export async function startGate(env: Readonly<Record<string, string>> = {}): Promise<RunningGate> {
  const folder = env['TENURE_DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'tenure-gate-'))
  const { process: child, printed, exited } = runNode(['dist/node.js'], { PORT: '0', TENURE_DATA_DIR: folder, ...env })
  const close = async (): Promise<void> => {
    child.kill('SIGINT')
    await exited
    if (!env['TENURE_DATA_DIR']) rmSync(folder, { recursive: true, force: true })
  }
  const url = await addressOf(child, printed, exited)
  return {
    url,
    agentKey: readFileSync(join(folder, 'agent-key'), 'utf8').trim(),
    ownerToken: readFileSync(join(folder, 'owner-token'), 'utf8').trim(),
    printed,
    process: child,
    close,
  }
}

export type Run = {
  readonly process: ChildProcess
  readonly printed: () => string
  readonly exited: Promise<number | null>
}

/** It ends with these tests, also where they are killed: then its input ends. */
const ENDS_WITH_US = "data:text/javascript,process.stdin.on('end', () => process.exit()).resume().unref()"

/** A built program with only these settings in its environment. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, ['--import', ENDS_WITH_US, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let text = ''
  const collect = (chunk: Buffer): void => void (text += chunk.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { process: child, printed: () => text, exited }
}

/** The address that it prints when it is ready. */
function addressOf(child: ChildProcess, printed: () => string, exited: Promise<number | null>): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) => (): void => reject(new Error(`The gate ${why}:\n${printed()}`))
    const timer = setTimeout(failed('did not start in time'), STARTS_WITHIN_MS)
    void exited.then(failed('ended'))
    child.stdout?.on('data', () => {
      const url = /^\s*Gate\s+(http:\S+)/m.exec(printed())?.[1]
      if (url === undefined || !printed().includes('Try it')) return
      clearTimeout(timer)
      resolve(url)
    })
  })
}
