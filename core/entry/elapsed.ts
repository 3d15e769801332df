/**
 * Milliseconds that never run backwards: the longer of what the monotonic clock and the wall clock say has passed. The
 * monotonic one stands still while a machine sleeps; a claim must not look fresh to a process that slept through its lease.
 */
export function createElapsed(monotonicMs: () => number, wallMs: () => number): () => number {
  let elapsed = 0
  let last = { monotonic: monotonicMs(), wall: wallMs() }
  return () => {
    const now = { monotonic: monotonicMs(), wall: wallMs() }
    elapsed += Math.max(0, now.monotonic - last.monotonic, now.wall - last.wall)
    last = now
    return elapsed
  }
}
