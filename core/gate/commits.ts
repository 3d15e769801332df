import type { ActionId } from '../domain/ids.ts'

/** Requests of this process that wait for an action to move. */
export type Commits = {
  readonly committed: (ids: readonly ActionId[]) => void
  /** Resolves when the action is named, or after the time, or when it is worth another look. */
  readonly next: (id: ActionId, timeoutMs: number) => Promise<void>
}

/** Another process may have moved it, which this one does not hear: it is looked at again after so long. */
const LOOK_AGAIN_MS = 1000

export function createCommits(): Commits {
  const waiting = new Map<ActionId, Set<() => void>>()
  return {
    committed(ids) {
      for (const id of ids) for (const wake of waiting.get(id) ?? []) wake()
    },
    next: (id, timeoutMs) =>
      new Promise((resolve) => {
        const waiters = waiting.get(id) ?? new Set()
        const wake = (): void => {
          clearTimeout(timer)
          waiters.delete(wake)
          if (waiters.size === 0) waiting.delete(id)
          resolve()
        }
        const timer = setTimeout(wake, Math.min(timeoutMs, LOOK_AGAIN_MS))
        waiting.set(id, waiters.add(wake))
      }),
  }
}
