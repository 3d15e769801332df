import type { LogEntry } from '../../connectors/sandbox-faults.ts'
import type { Platforms } from '../support/platforms.ts'
import type { Random } from '../support/random.ts'
import type { Balancer } from './balancer.ts'
import type { createLives } from './replica-lives.ts'
import type { People } from './replica-schedule.ts'

type Stopping = {
  readonly balancer: Balancer
  readonly platforms: Platforms
  readonly lives: ReturnType<typeof createLives>
  readonly tokens: People
  readonly random: Random
  readonly times: number
}

type Listed = { readonly id: string; readonly state: string }

const isWrite = ({ method, path }: LogEntry): boolean => method !== 'GET' && !/\/(search|batch\/read)$/.test(path)
const HELD_FOR_REQUESTS = 80

/**
 * Stops and resumes while claims run. From the moment that the stop's answer is here until the resume is sent, the
 * stand-ins, which live in this process, must not see a write but of what the answer listed as on its way.
 */
export async function stopAndResume(stopping: Stopping): Promise<readonly string[]> {
  const { balancer, platforms, lives, tokens, random, times } = stopping
  const found: string[] = []
  for (let time = 0; time < times; time += 1) {
    const from = lives.moves()
    await lives.until(() => lives.moves() >= from + 10)
    const platform = random.pick([null, 'hubspot', 'mailchimp'] as const)
    const target = platform === null ? { kind: 'workspace' } : { kind: 'platform', value: platform }
    const stopped = await balancer.ask({ method: 'POST', path: '/v1/switches', token: tokens.owner, body: { target } })
    if (stopped.status !== 201) found.push(`a stop was answered ${stopped.status}`)
    // safe: the gate's own schema of a stop's answer
    const executing = (stopped.body['executing'] ?? []) as readonly Listed[]
    const logs = (['hubspot', 'mailchimp'] as const)
      .filter((one) => platform === null || one === platform)
      .map((one) => ({ log: platforms[one].script.log, from: platforms[one].script.log.length }))
    const { answered } = balancer.counts
    await lives.until(() => balancer.counts.answered >= answered + HELD_FOR_REQUESTS)
    for (const { log, from: first } of logs)
      for (const entry of log.slice(first).filter(isWrite)) {
        const life = lives.all().find(({ job }) => job.asks(entry))
        const listed = executing.some(({ id, state }) => (life ? life.id === id : state === 'undoing'))
        if (!listed) found.push(`${entry.method} ${entry.path} of ${life?.id ?? 'an undo'} after a stop was answered`)
      }
    await balancer.ask({ method: 'DELETE', path: '/v1/switches', token: tokens.owner })
  }
  return found
}
