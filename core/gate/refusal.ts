import type { Difference, InputProblem } from '../ports/kind.ts'
import type { Reason } from '../domain/verdict.ts'
import type { State } from '../domain/action-states.ts'

/**
 * Every expected way in which the gate says no. Closed: a new arm does not compile until each door has words for it
 * (`core/http/problem.ts`, `slack-app/views/refusals.ts`). A refusal wrote nothing.
 */
export type Refusal =
  | { readonly kind: 'malformed'; readonly problems: readonly InputProblem[] }
  | { readonly kind: 'unknown_kind'; readonly action: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown_connection'; readonly platform: string }
  | { readonly kind: 'labels_loosen'; readonly label: string; readonly says: string }
  | {
      readonly kind: 'not_permitted'
      readonly why: string
      /** It is about the token, and says what to do. */
      readonly isAboutToken?: true
    }
  | {
      readonly kind: 'stopped'
      readonly what: string
      readonly by: string
      readonly at: Date
      readonly reason: string | null
    }
  | { readonly kind: 'not_found'; readonly what: string }
  | { readonly kind: 'idempotency_conflict' }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number; readonly says?: string }
  | { readonly kind: 'already_decided'; readonly state: State; readonly by: string | null; readonly at: Date | null }
  | { readonly kind: 'not_now'; readonly state: State; readonly why: string }
  | { readonly kind: 'stale_hash'; readonly current: string }
  | { readonly kind: 'stricter_now'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'platform_changed'; readonly differences: readonly Difference[] }
  | { readonly kind: 'platform_failed'; readonly says: string }
  | { readonly kind: 'expired'; readonly at: Date }
  | { readonly kind: 'window_closed'; readonly at: Date | null; readonly why: string }
  /** What is asked of more autonomy and is not there, one sentence each. */
  | { readonly kind: 'not_earned'; readonly missing: readonly string[] }
  | { readonly kind: 'already_answered'; readonly by: string | null; readonly at: Date | null }
  | { readonly kind: 'check_failed'; readonly check: string }
