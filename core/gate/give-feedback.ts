import type { DecisionVerb, Severity } from '../domain/decision.ts'
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
    says: said.reason ?? WITHOUT_WORDS[said.decision],
    changes: said.changes,
    advice: said.outside
      ? 'This was for a reason outside your work. Do not resend it as it was.'
      : ADVICE[said.decision],
    byName: actor.name,
    at: tx.now,
  })
}

const WITHOUT_WORDS: Readonly<Record<Said['decision'], string>> = {
  approve: 'Approved as proposed.',
  edit: 'Approved with changes.',
  revise: 'Changes were asked for.',
  reject: 'Rejected without a stated reason.',
  cancel: 'Cancelled.',
  confirm: 'Looks good.',
  undo: 'Undone.',
}

const ADVICE: Readonly<Record<Said['decision'], string>> = {
  approve: 'More like this.',
  edit: 'Propose it with these changes next time.',
  revise: 'Send a new version of this action that names it in `supersedes`. Do not send it as a separate proposal.',
  reject: 'Do not resend this.',
  cancel: 'Do not resend this.',
  confirm: 'More like this.',
  undo: 'Do not resend this.',
}
