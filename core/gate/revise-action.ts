import { err, ok } from '../domain/result.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import type { DecisionRequest } from './requests.ts'
import { giveFeedback } from './give-feedback.ts'
import { moveAction } from './move-action.ts'
import { behalfBody, recordDecision } from './record-decision.ts'
import { written } from './written.ts'

const A_WEEK_MS = 7 * 24 * 3_600_000

/** Asks for changes: the agent's new version supersedes this one. Without one it expires after a week. */
export async function reviseAction(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  request: DecisionRequest,
): Promise<Decided> {
  if (!request.reason?.trim())
    return err({ kind: 'malformed', problems: [{ path: 'reason', says: 'Say what should change.' }] })
  const deciding = { decision: 'revise' as const, severity: null, reason: request.reason, outside: false, changes: [] }
  await recordDecision(ctx, tx, stored, actor, deciding)
  const expiresAt = new Date(tx.now.getTime() + A_WEEK_MS)
  const moved = await moveAction(
    tx,
    stored,
    { state: 'changes_requested', remindAt: null, expiresAt, remark: null },
    { type: 'revised', by: actor.id, body: behalfBody(actor), ...written(request.reason) },
  )
  await giveFeedback(ctx, tx, moved, actor, deciding)
  return ok({ kind: 'decided', stored: moved })
}
