import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { claim, realMs } from './claim.ts'
import { readSandbox } from './clock.ts'
import { reach } from './reach.ts'

export type RunningGate = {
  readonly url: string
  readonly ownerToken: string
  readonly agentKey: string
  /** Where the stand-ins listen. */
  readonly platforms: Readonly<Record<string, string>>
  /** Whether the demo started it. */
  readonly own: boolean
  stop(): Promise<void>
}

const START_WITHIN_MS = 60_000

/** The development gate that answers at TENURE_URL, or one of the demo's own in a temporary folder. */
export async function findGate(env: NodeJS.ProcessEnv): Promise<RunningGate> {
  const url = (env.TENURE_URL || 'http://127.0.0.1:8787').replace(/\/+$/, '')
  if (await answers(url)) {
    const folder = env.TENURE_DATA_DIR || '.tenure'
    const ownerToken = env.TENURE_ADMIN_TOKEN || secretIn(folder, 'owner-token')
    const agentKey = env.TENURE_AGENT_KEY || secretIn(folder, 'agent-key')
    return { url, ownerToken, agentKey, platforms: await standIns(url), own: false, stop: async () => {} }
  }
  return await startGate(env)
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok
  } catch {
    // Nobody listens there: that is the question.
    return false
  }
}

/** A demo that sends a newsletter must never meet a real platform. */
async function standIns(url: string): Promise<Readonly<Record<string, string>>> {
  const sandbox = await readSandbox(url)
  claim(sandbox !== null, `${url} is not a development gate. The demo only plays with stand-ins, so it does not begin.`)
  for (const platform of ['hubspot', 'mailchimp'])
    claim(platform in sandbox.platforms, `${url} is connected to a real ${platform}, so the demo does not begin.`)
  const slack = await reach(`${url}/sandbox/slack/messages`)
  claim(slack.ok, `${url} is connected to a real Slack, so the demo does not begin.`)
  return sandbox.platforms
}

function secretIn(folder: string, name: string): string {
  const path = join(folder, name)
  claim(existsSync(path), `A gate answers, but ${path} is not there. Set TENURE_DATA_DIR to the folder of that gate.`)
  return readFileSync(path, 'utf8').trim()
}

async function startGate(env: NodeJS.ProcessEnv): Promise<RunningGate> {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-demo-'))
  const program = fileURLToPath(new URL('../dist/node.js', import.meta.url))
  // Nothing of the caller's credentials goes along: this gate has stand-ins only. Ctrl-C in the terminal is for the
  // demo, which ends its gate itself: hence a process group of its own.
  const child = spawn(process.execPath, [program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: env.PATH, HOME: env.HOME, TENURE_ENV: 'development', TENURE_DATA_DIR: folder, PORT: '0' },
  })
  const kill = (): void => void child.kill()
  process.once('exit', kill)
  const ended = new Promise<void>((done) => void child.once('exit', () => done()))
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void (output.text += text))
  try {
    const url = await addressIn(output, child)
    const [ownerToken, agentKey] = [secretIn(folder, 'owner-token'), secretIn(folder, 'agent-key')]
    return { url, ownerToken, agentKey, platforms: await standIns(url), own: true, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function addressIn(
  output: { readonly text: string },
  child: { readonly exitCode: number | null },
): Promise<string> {
  const giveUpAt = performance.now() + START_WITHIN_MS
  for (;;) {
    const url = /^\s*Gate\s+(http\S+)\s/m.exec(output.text)?.[1]
    if (url !== undefined) return url
    claim(child.exitCode === null, `The demo's own gate did not start:\n${output.text}`)
    claim(performance.now() < giveUpAt, `The demo's own gate did not start within ${START_WITHIN_MS / 1000} s.`)
    await realMs(100)
  }
}
