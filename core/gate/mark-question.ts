import { err, ok } from '../domain/result.ts'
import type { StoredAction } from '../ports/rows.ts'
import { askedFirst } from './asked-because.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { giveFeedback } from './give-feedback.ts'
import { moveAction } from './move-action.ts'
import { recordDecision } from './record-decision.ts'

type Mark = 'right_to_ask' | 'no_need_to_ask'

/**
 * Keeps what a person says of the question itself: whether it was right to ask them. The newest counts, when the window
 * closes over the action; nothing moves.
 */
export async function markQuestion(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  decision: Mark,
): Promise<Decided> {
  if (askedFirst(stored, await tx.trust.judgedOn(stored.action.id)) === null)
    return err({ kind: 'not_now', state: stored.state.state, why: 'Nobody was asked about it beyond its level.' })
  const before = await tx.listDecisions([stored.action.id])
  if (markOf(before) === decision) return ok({ kind: 'decided', stored })
  const deciding = { decision, severity: null, reason: null, outside: false, changes: [] }
  await recordDecision(ctx, tx, stored, actor, deciding)
  const moved = await moveAction(tx, stored, { state: 'executed' }, { type: decision, by: actor.id })
  await giveFeedback(ctx, tx, moved, actor, deciding)
  return ok({ kind: 'decided', stored: moved })
}

/** The newest mark of a question; null: nobody said. */
export function markOf(decisions: readonly { readonly decision: string }[]): Mark | null {
  const marked = decisions.findLast(({ decision }) => decision === 'right_to_ask' || decision === 'no_need_to_ask')
  return marked ? (marked.decision === 'right_to_ask' ? 'right_to_ask' : 'no_need_to_ask') : null
}
