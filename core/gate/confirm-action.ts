import { ok } from '../domain/result.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { giveFeedback } from './give-feedback.ts'
import { moveAction } from './move-action.ts'
import { recordDecision } from './record-decision.ts'

/** *Looks good*: a person has seen what was done. Nothing moves; the judgement is kept. A second press changes nothing. */
export async function confirmAction(ctx: Context, tx: Move, actor: Decider, stored: StoredAction): Promise<Decided> {
  const before = await tx.listDecisions([stored.action.id])
  if (before.some(({ decision }) => decision === 'confirm')) return ok({ kind: 'decided', stored })
  const deciding = { decision: 'confirm' as const, severity: null, reason: null, outside: false, changes: [] }
  await recordDecision(ctx, tx, stored, actor, deciding)
  const moved = await moveAction(tx, stored, { state: 'executed' }, { type: 'confirmed', by: actor.id })
  await giveFeedback(ctx, tx, moved, actor, deciding)
  return ok({ kind: 'decided', stored: moved })
}
