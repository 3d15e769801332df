import type { Commits } from '../gate/commits.ts'

const FIRST_MS = 500
const MOST_MS = 2000

/**
 * Looks again after growing waits, where no other invocation can be heard: from half a second to two. One for each
 * request that waits.
 */
export function pollCommits(sleep: (ms: number) => Promise<void>): Commits['next'] {
  let nextMs = FIRST_MS
  return async (_id, timeoutMs) => {
    const ms = Math.min(nextMs, timeoutMs)
    nextMs = Math.min(MOST_MS, nextMs * 1.5)
    await sleep(ms)
  }
}
