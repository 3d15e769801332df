export const DECISIONS = ['approve', 'edit', 'revise', 'reject', 'cancel', 'confirm'] as const
export type DecisionVerb = (typeof DECISIONS)[number]

export const SEVERITIES = ['preference', 'minor', 'major', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A rejection without a stated severity is major (trust model, section 2). */
export const DEFAULT_SEVERITY: Severity = 'major'
