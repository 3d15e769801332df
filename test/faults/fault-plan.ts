import { createServer } from 'node:net'
import type { Fetch } from '../../connectors/http.ts'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import type { Json } from '../../core/domain/canonical.ts'
import { createRandom, seedFrom } from '../support/random.ts'
import { RETRY_AFTER_SECONDS } from './judge-jobs.ts'

/** The share of requests that each fault hits. */
export type Rates = {
  readonly error: number
  readonly rateLimited: number
  readonly slow: number
  readonly malformed: number
  readonly refused: number
  readonly lostAnswer: number
  readonly lostRequest: number
  readonly unavailable: number
  /** 401 and 403: a person has to connect again. */
  readonly expired: number
}

export const RATES: Rates = {
  error: 0.05,
  rateLimited: 0.02,
  slow: 0.01,
  malformed: 0.01,
  refused: 0.01,
  lostAnswer: 0.01,
  lostRequest: 0.005,
  unavailable: 0.005,
  expired: 0,
}

const PAGE: Fault = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Please sign in</title>',
}
const ASKED_TO_WAIT: Fault = { status: 429, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } }

/** Each fault with its share; of those with two forms, the effect happens in the one and not in the other. */
const FORMS: readonly (readonly [keyof Rates, readonly Fault[]])[] = [
  ['error', [{ status: 500 }, 'error_after', { status: 502 }, 'error_after']],
  ['rateLimited', [ASKED_TO_WAIT]],
  ['slow', ['slow']],
  ['malformed', ['malformed_after', PAGE]],
  ['lostAnswer', ['lost_after']],
  ['lostRequest', ['lost_before']],
  ['unavailable', [{ status: 503 }]],
  ['expired', [{ status: 401 }, { status: 403 }]],
]

/**
 * What goes wrong with which request. It follows from the seed, the request and how often that request came before, and
 * so hardly from who was faster: a run with the same seed meets the same faults.
 */
export function createFaultPlan(seed: number, rates: Rates) {
  const seen = new Map<string, number>()
  const injected: Record<string, number> = {}
  const count = (name: string): void => void (injected[name] = (injected[name] ?? 0) + 1)
  const randomFor = (layer: string, method: string, path: string, body: string) => {
    const name = `${layer} ${method} ${path} ${/job[ -]\d+|made-\d+/.exec(body)?.[0] ?? ''}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return createRandom(seedFrom(seed, `${name} ${times}`))
  }
  return {
    injected,
    /** For a stand-in. */
    choose(method: string, path: string, body: Json): Fault | null {
      const random = randomFor('answer', method, path, JSON.stringify(body))
      let left = random.next()
      for (const [name, forms] of FORMS) {
        left -= rates[name]
        if (left >= 0) continue
        count(name)
        return random.pick(forms)
      }
      return null
    },
    /** A way to the platforms on which some connections are refused, before anything was sent. */
    refusing(nobodyListens: string): Fetch {
      return async (url, init) => {
        const { pathname } = new URL(url)
        const random = randomFor(
          'connect',
          String(init.method),
          pathname,
          typeof init.body === 'string' ? init.body : '',
        )
        if (!random.chance(rates.refused)) return await fetch(url, init)
        count('refused')
        return await fetch(`${nobodyListens}${pathname}`, init)
      }
    },
  }
}

/** An address of this machine at which nobody listens. */
export async function freeAddress(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
