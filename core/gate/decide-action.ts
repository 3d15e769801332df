import { isAfterwards } from '../domain/decision.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { StoredAction } from '../ports/rows.ts'
import { approveAction } from './approve-action.ts'
import { cancelAction } from './cancel-action.ts'
import { checkDecision, type Decided } from './check-decision.ts'
import { confirmAction } from './confirm-action.ts'
import { type Context, type Move, transactOn } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import { editAction } from './edit-action.ts'
import type { Answer } from './gate.ts'
import type { DecisionRequest } from './requests.ts'
import { markQuestion } from './mark-question.ts'
import type { Refusal } from './refusal.ts'
import { rejectAction } from './reject-action.ts'
import { reviseAction } from './revise-action.ts'
import type { ActionView } from './views.ts'

type Ended =
  | { readonly kind: 'decided'; readonly view: ActionView }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/**
 * Decides an action: one decision stands, whoever comes second is told who was first. It binds to the hash that the
 * person saw. A verdict that became stricter meanwhile commits a fresh card and answers `stricter_now`; every other
 * refusal writes nothing.
 */
export async function decideAction(ctx: Context, actor: Actor, request: DecisionRequest): Answer<ActionView> {
  const decide = async (tx: Move): Promise<Result<Ended, Refusal>> => {
    const stored = await tx.loadToMove(request.actionId)
    if (!stored || (actor.kind === 'agent' && stored.action.proposerId !== actor.id))
      return err({ kind: 'not_found', what: 'the action' })
    if (stored.action.planId !== null && !isAfterwards(request.decision)) {
      return err({ kind: 'not_now', state: stored.state.state, why: 'It is a step of a plan; decide the plan as one.' })
    }
    const decided = await decideStored(ctx, tx, actor, stored, request)
    if (!decided.ok) return decided
    if (decided.value.kind === 'refused') return ok(decided.value)
    return ok({ kind: 'decided', view: await describeAction(ctx, tx, decided.value.stored) })
  }
  // Of these only a rejection is counted at once; the others when their effect is settled.
  const counts = request.decision === 'reject'
  const result = await transactOn(ctx, actor.workspaceId, request.actionId, decide, { counts })
  if (!result.ok) return result
  return result.value.kind === 'decided' ? ok(result.value.view) : err(result.value.refusal)
}

/** One decision on one stored action, in the caller's transaction; plans decide their steps with it. */
export async function decideStored(
  ctx: Context,
  tx: Move,
  actor: Actor,
  stored: StoredAction,
  request: DecisionRequest,
): Promise<Decided> {
  if (request.decision === 'cancel') {
    const cancelled = await cancelAction(ctx, tx, actor, stored, request)
    return cancelled.ok ? ok({ kind: 'decided', stored: cancelled.value }) : cancelled
  }
  const member = await checkDecision(tx, actor, stored, request)
  if (!member.ok) return member
  switch (request.decision) {
    case 'approve':
      return await approveAction(ctx, tx, member.value, stored)
    case 'edit':
      return await editAction(ctx, tx, member.value, stored, request.input)
    case 'revise':
      return await reviseAction(ctx, tx, member.value, stored, request)
    case 'reject':
      return await rejectAction(ctx, tx, member.value, stored, request)
    case 'confirm':
      return await confirmAction(ctx, tx, member.value, stored)
    case 'right_to_ask':
    case 'no_need_to_ask':
      return await markQuestion(ctx, tx, member.value, stored, request.decision)
  }
}
