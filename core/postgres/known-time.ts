/** Database time between two answers of the database, carried on by the process's monotonic clock. */
export type KnownTime = {
  /** The database said so just now. */
  readonly heard: (databaseMs: number) => void
  /** Null: it has not been heard for too long. */
  readonly now: () => Date | null
}

const LONGEST_MS = 60_000

export function createKnownTime(monotonicMs: () => number = () => performance.now()): KnownTime {
  let aheadMs: number | null = null
  let heardMs = 0
  return {
    heard(databaseMs) {
      heardMs = monotonicMs()
      aheadMs = databaseMs - heardMs
    },
    now() {
      const nowMs = monotonicMs()
      if (aheadMs === null || nowMs - heardMs > LONGEST_MS) return null
      return new Date(Math.floor(nowMs + aheadMs))
    },
  }
}
