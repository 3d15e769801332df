import type { Severity } from '../decision.ts'
import type { Edit } from './edit-distance.ts'

/** What became of one proposal or action; the rows of the table in section 2. */
export type DecisionEvent =
  /** Approved, perhaps after an edit, and the undo window has closed over it. */
  | { readonly kind: 'approved'; readonly edit: Edit; readonly confidence: number; readonly tooFast: boolean }
  | { readonly kind: 'rejected'; readonly severity: Severity | null }
  /** Approved, then reversed within the undo window. */
  | { readonly kind: 'reversed'; readonly severity: Severity | null }
  /** Acted at level 3 or more, seen by the person, not undone in 24 h. */
  | { readonly kind: 'seen'; readonly confidence: number }
  /** Acted, drawn for audit, confirmed. */
  | { readonly kind: 'audit_confirmed'; readonly confidence: number }
  /** Acted, never opened, not undone in 24 h. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'undone'; readonly severity: Severity | null }
  /** The policy validator failed after execution. */
  | { readonly kind: 'policy_failed' }
  /** Changes requested; the new version replaces it. The edit is null while the new version is not known. */
  | { readonly kind: 'revised'; readonly edit: Edit | null; readonly confidence: number }
  /** Withdrawn or undone by the person for an outside reason that they state. */
  | { readonly kind: 'outside_reason' }
  /** Reversed by the agent itself before a person saw it. */
  | { readonly kind: 'reversed_by_agent'; readonly severity: Severity | null }
  /** Counts for the policy pass only. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'expired' | 'cancelled' | 'recalled' | 'snoozed' }
