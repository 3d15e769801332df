import type { Random } from '../support/random.ts'

export type Asked = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }
export type Ask = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly token: string
  readonly body?: object
  readonly key?: string
  /** Prefer this replica for the first try. */
  readonly at?: number
}

export type Target = {
  readonly url: string
  /** `leaving`: it was told to end. `killed`: whatever it was doing may be lost. */
  state: 'up' | 'leaving' | 'killed'
}

/** How often one request is tried on another replica before it counts as failed. */
const TRIES = 200
const PAUSE_MS = 50
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/**
 * What stands before several replicas, as small as it can be: a request goes to one that is up, and a request that may
 * be repeated goes to another one when the first is not there. A request that breaks on a replica that was told to end
 * in good order is a violation.
 */
export function createBalancer(targets: readonly Target[], random: Random) {
  const counts = { answered: 0, retried: 0 }
  const violations: string[] = []
  const choose = (at: number | undefined): Target | undefined => {
    const up = targets.filter(({ state }) => state === 'up')
    const wanted = at === undefined ? undefined : targets[at % targets.length]
    return wanted?.state === 'up' ? wanted : up.length > 0 ? random.pick(up) : undefined
  }

  async function ask(request: Ask): Promise<Asked> {
    let at = request.at
    for (let tried = 0; tried < TRIES; tried += 1) {
      const target = choose(at)
      at = undefined
      const answer = target && (await attempt(target, request))
      if (answer && !(answer.status === 503 || answer.status === 500)) {
        counts.answered += 1
        return answer
      }
      if (answer?.status === 500) violations.push(`${request.path} was answered 500: ${JSON.stringify(answer.body)}`)
      counts.retried += 1
      await pause(PAUSE_MS)
    }
    throw new Error(`No replica answers ${request.path}`)
  }

  async function attempt(target: Target, request: Ask): Promise<Asked | null> {
    const { method = 'GET', path, token, body, key } = request
    try {
      const response = await fetch(`${target.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      // safe: every JSON answer of the gate is an object
      const parsed = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {}
      return { status: response.status, body: parsed, headers: response.headers }
    } catch (thrown) {
      const code = codeOf(thrown)
      if (code !== 'ECONNREFUSED' && target.state === 'leaving')
        violations.push(`${method} ${path} broke (${code}) on a replica that ended in good order`)
      if (code !== 'ECONNREFUSED' && target.state === 'up')
        violations.push(`${method} ${path} broke (${code}) on a replica that is up`)
      return null
    }
  }
  return { ask, counts, violations, pause }
}

export type Balancer = ReturnType<typeof createBalancer>

function codeOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : null
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(thrown)
}
