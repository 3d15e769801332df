const MAX_SECONDS = 30

/** Seconds to wait for a resting state (RFC 7240 `Prefer: wait=N`), `most` at most; null: no such preference. */
export function preferredWaitSeconds(prefer: string | undefined, most = MAX_SECONDS): number | null {
  for (const preference of (prefer ?? '').split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(;.*)?$/i.exec(preference)?.[1]
    if (seconds !== undefined) return Math.min(most, Number(seconds))
  }
  return null
}
