import { err, ok } from '../domain/result.ts'
import type { Callbacks } from '../ports/callbacks.ts'
import { problemOfAddress } from './forbidden-addresses.ts'
import { retryAfter } from './retry-after.ts'

const TIMEOUT_MS = 20_000

/**
 * Callbacks from a Worker. It has no private network around it, and `global_fetch_strictly_public` keeps it from its own
 * account's; addresses written as numbers are refused here, and redirects are not followed.
 */
export function createWorkerCallbacks(fetch: (url: string, init: RequestInit) => Promise<Response>): Callbacks {
  const problemOf = (url: string): string | null => {
    const problem = problemOfAddress(url, false)
    if (problem !== null) return problem
    return /(^|\.)localhost\.?$/i.test(new URL(url).hostname) ? 'It lies in a private network.' : null
  }
  return {
    problemOf,
    async post(url, headers, body) {
      if (problemOf(url) !== null) return err({ kind: 'forbidden' })
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      try {
        const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
        await answer.body?.cancel()
        const { status } = answer
        if (answer.ok) return ok({ status })
        return err({ kind: 'status', status, retryAfterMs: retryAfter(answer.headers.get('retry-after')) })
      } catch {
        return err({ kind: signal.aborted ? 'timeout' : 'unreachable' })
      }
    },
  }
}
