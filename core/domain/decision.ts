export const DECISIONS = [
  'approve',
  'edit',
  'revise',
  'reject',
  'cancel',
  'confirm',
  'right_to_ask',
  'no_need_to_ask',
] as const
export type DecisionVerb = (typeof DECISIONS)[number]

/** What is kept of decisions: also an approval (or an edit) that is one of several that are needed. It moves nothing. */
export const DECISIONS_KEPT = [...DECISIONS, 'approve_in_part', 'edit_in_part'] as const
export type DecisionKept = (typeof DECISIONS_KEPT)[number]

/** What a person says of something done: that it looks good, and whether it was right to ask them. Nothing moves. */
export const isAfterwards = (decision: DecisionVerb): decision is 'confirm' | 'right_to_ask' | 'no_need_to_ask' =>
  decision === 'confirm' || decision === 'right_to_ask' || decision === 'no_need_to_ask'

export const SEVERITIES = ['preference', 'minor', 'major', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A rejection without a stated severity is major (trust model, section 2). */
export const DEFAULT_SEVERITY: Severity = 'major'

/** What an agent may want a person to decide, and what a person found wrong. A closed list: words of people stay out of the ledger. */
export const TOPICS = ['content', 'people', 'time', 'tone', 'rules', 'other'] as const
export type Topic = (typeof TOPICS)[number]

/** What an agent wants a person to decide. */
export type Question = { readonly about: Topic; readonly says: string }

/** Why a person put their will in the place of the agent's. */
export const CAUSES = [...TOPICS, 'should_have_asked'] as const
export type Cause = (typeof CAUSES)[number]
