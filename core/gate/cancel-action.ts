import { isInFlight, type State } from '../domain/action-states.ts'
import type { Cause } from '../domain/decision.ts'
import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { StoredAction } from '../ports/rows.ts'
import { lockPlanBudgets, stopPlan } from './advance-plan.ts'
import { countDecision } from './count-decision.ts'
import { type Context, type Move, transactOn } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import type { Answer } from './gate.ts'
import { isInQuestion } from './find-out-first.ts'
import { giveFeedback } from './give-feedback.ts'
import { moveAction } from './move-action.ts'
import { recordDecision } from './record-decision.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView } from './views.ts'
import { written } from './written.ts'

type Why = { readonly reason?: string; readonly outside?: boolean; readonly cause?: Cause }

/** States from which nothing has happened yet. */
export const CANCELLABLE: readonly State[] = [
  'proposed',
  'awaiting_approval',
  'changes_requested',
  'scheduled',
  'held',
  'ready',
]

/** Undo before the effect: it is taken out of the way, and the agent is told why. */
export async function cancelBeforeEffect(ctx: Context, actor: Actor, id: ActionId, why: Why): Answer<ActionView> {
  return await transactOn<ActionView, Refusal>(ctx, actor.workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    if (!stored) return err({ kind: 'not_found', what: 'the action' })
    await lockPlanBudgets(tx, stored)
    const cancelled = await cancelAction(ctx, tx, actor, stored, why)
    if (!cancelled.ok) return cancelled
    await stopPlan(tx, cancelled.value, 'was cancelled')
    return ok(await describeAction(ctx, tx, cancelled.value))
  })
}

/** Cancels what has had no effect yet. An agent may cancel its own; a member who may undo, any. */
export async function cancelAction(ctx: Context, tx: Move, actor: Actor, stored: StoredAction, why: Why) {
  const { action, state } = stored
  const own = action.proposerId === actor.id
  if (actor.kind === 'agent' ? !own : !own && !mayDo(actor.role, 'undo')) {
    return err<Refusal>({
      kind: 'not_permitted',
      why: 'Only its proposer, approvers, admins and owners can cancel it.',
    })
  }
  if (!CANCELLABLE.includes(state.state)) {
    return err<Refusal>({ kind: 'not_now', state: state.state, why: 'It can only be cancelled before its effect.' })
  }
  if (await isInQuestion(tx, stored)) {
    const why =
      'It may have gone through already: its answer was lost, and it is being tried again. Undo it once it is done.'
    return err<Refusal>({ kind: 'not_now', state: state.state, why })
  }
  // A person who stops what was to run by itself undoes it, only earlier.
  const undoes = actor.kind === 'member' && isInFlight(state.state) && !state.approved && state.tries === 0
  const outside = why.outside ?? false
  const body = undoes
    ? await countDecision(ctx, tx, stored, { kind: 'stopped_in_hold', outside, cause: why.cause })
    : {}
  await recordDecision(ctx, tx, stored, actor, {
    decision: 'cancel',
    severity: null,
    reason: why.reason ?? null,
    outside,
    changes: [],
  })
  const moved = await moveAction(
    tx,
    stored,
    { state: 'cancelled', runAt: null, expiresAt: null, remindAt: null },
    { type: 'cancelled', by: actor.id, body, ...written(why.reason) },
  )
  await giveFeedback(ctx, tx, moved, actor, {
    decision: 'cancel',
    severity: null,
    reason: why.reason ?? null,
    outside,
    changes: [],
    cause: why.cause,
  })
  return ok(moved)
}
