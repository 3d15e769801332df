const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits before the second, third … attempt: ten attempts over a good three days, as the Standard Webhooks convention shows. */
export const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const
export const MOST_ATTEMPTS = WAITS_MS.length + 1

/** A wait grows by up to this share, so that what failed together does not come back together. */
const JITTER = 0.2
/** A receiver may ask for a longer wait, but not for one that outlives the schedule. */
const LONGEST_ASKED_MS = 24 * HOUR
/** With no success in between, the address is taken for dead. */
export const FAILING_FOR_MS = 72 * HOUR

/**
 * Milliseconds until the next attempt after `attempts` failed ones; null: that was the last one. `jitter` is 0 up to 1,
 * `askedMs` what the receiver asked for (Retry-After).
 */
export function nextWaitMs(attempts: number, jitter: number, askedMs: number | null): number | null {
  const wait = WAITS_MS[attempts - 1]
  if (wait === undefined) return null
  const asked = Math.min(askedMs ?? 0, LONGEST_ASKED_MS)
  return Math.round(Math.max(wait, asked) * (1 + JITTER * jitter))
}

export const DISABLED_WHY = ['gone', 'forbidden', 'failing'] as const
export type DisabledWhy = (typeof DISABLED_WHY)[number]

export type AttemptFailure =
  | { readonly kind: 'forbidden' | 'unreachable' | 'timeout' | 'unsigned' }
  | { readonly kind: 'status'; readonly status: number }

/** Why an address gets nothing more after this failure; null: it goes on being tried. */
export function disabledAfter(failure: AttemptFailure, failingSince: Date, now: Date): DisabledWhy | null {
  if (failure.kind === 'forbidden') return 'forbidden'
  if (failure.kind === 'status' && failure.status === 410) return 'gone'
  return now.getTime() - failingSince.getTime() >= FAILING_FOR_MS ? 'failing' : null
}

/** Statuses by which a receiver says that it is overloaded. */
const OVERLOADED = [429, 502, 503, 504]

/** Whether everything else for the address waits too: it says that it is overloaded, or does not answer, which holds up others. */
export const isOverloaded = (failure: AttemptFailure): boolean =>
  failure.kind === 'timeout' ||
  failure.kind === 'unreachable' ||
  (failure.kind === 'status' && OVERLOADED.includes(failure.status))
