import type { Repeat } from './effect.ts'

/** The kinds of platform error, without their evidence (the port's union carries it). */
export type FailureKind =
  | 'auth_expired'
  | 'missing_scope'
  | 'rate_limited'
  | 'rejected'
  | 'unavailable'
  | 'unexpected_answer'
  | 'outcome_unknown'

/**
 * What follows from a failed call.
 * `ready`: nothing happened, try again later. `failed`: nothing happened, and a repeat would be refused too.
 * `awaiting_approval`: nothing happened, a person has to mend something first. `unknown`: it may have happened; look.
 */
export type AfterFailure = 'ready' | 'failed' | 'awaiting_approval' | 'unknown'

export const MAX_ATTEMPTS = 8

/**
 * A total function of effect and error; a timeout is never "failed". Something that may be repeated safely and may or
 * may not have happened is simply repeated: twice is once.
 */
export function afterFailure(repeat: Repeat, error: FailureKind, attempt: number): AfterFailure {
  switch (error) {
    case 'auth_expired':
    case 'missing_scope':
      return 'awaiting_approval'
    case 'rejected':
      return 'failed'
    case 'rate_limited':
    case 'unavailable':
      return attempt < MAX_ATTEMPTS ? 'ready' : 'failed'
    case 'unexpected_answer':
      return 'unknown'
    case 'outcome_unknown':
      return repeat === 'safe' && attempt < MAX_ATTEMPTS ? 'ready' : 'unknown'
  }
}

/** Wait before the next attempt, in milliseconds: 1 s doubling to 5 min, or what the platform asked for when longer. */
export function retryDelayMs(attempt: number, platformAsksMs: number): number {
  return Math.max(platformAsksMs, Math.min(300_000, 1000 * 2 ** Math.max(0, attempt - 1)))
}
