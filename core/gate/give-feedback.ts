import type { Cause, DecisionVerb, Severity } from '../domain/decision.ts'
import type { Difference } from '../domain/differences.ts'
import type { Actor } from '../domain/people.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'

export type Said = {
  readonly decision: DecisionVerb | 'undo'
  readonly severity: Severity | null
  readonly reason: string | null
  readonly outside: boolean
  readonly changes: readonly Difference[]
  readonly cause?: Cause | undefined
}

/** Keeps what a person said about an action for the agent that proposed it, with advice that a model obeys. */
export async function giveFeedback(
  ctx: Context,
  tx: Transaction,
  { action }: StoredAction,
  actor: Actor,
  said: Said,
): Promise<void> {
  if (actor.id === action.proposerId) return
  await tx.insertFeedback({
    id: ctx.newId('fbk'),
    proposerId: action.proposerId,
    actionId: action.id,
    kind: action.kind,
    category: action.category,
    decision: said.decision,
    severity: said.severity,
    says: said.reason ?? (said.cause ? CAUSE_WORDS[said.cause] : WITHOUT_WORDS[said.decision]),
    changes: said.changes,
    advice: said.outside
      ? 'This was for a reason outside your work. Do not resend it as it was.'
      : ADVICE[said.cause === 'should_have_asked' ? 'right_to_ask' : said.decision],
    byName: actor.name,
    at: tx.now,
  })
}

/** What was wrong, in a sentence that an agent can act on. */
export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  content: 'The content was not right.',
  people: 'It was for the wrong people.',
  time: 'The time was not right.',
  tone: 'It did not sound like us.',
  rules: 'It was against a rule.',
  should_have_asked: 'It should have asked a person first.',
  other: 'It should not have happened.',
}

const WITHOUT_WORDS: Readonly<Record<Said['decision'], string>> = {
  approve: 'Approved as proposed.',
  edit: 'Approved with changes.',
  revise: 'Changes were asked for.',
  reject: 'Rejected without a stated reason.',
  cancel: 'Cancelled.',
  confirm: 'Looks good.',
  right_to_ask: 'It was right to ask.',
  no_need_to_ask: 'There was no need to ask.',
  undo: 'Undone.',
}

const ADVICE: Readonly<Record<Said['decision'], string>> = {
  approve: 'More like this.',
  edit: 'Propose it with these changes next time.',
  revise: 'Send a new version of this action that names it in `supersedes`. Do not send it as a separate proposal.',
  reject: 'Do not resend this.',
  cancel: 'Do not resend this.',
  confirm: 'More like this.',
  right_to_ask: 'Ask again where it is like this.',
  no_need_to_ask: 'Where it is like this, propose it without a question.',
  undo: 'Do not resend this.',
}
