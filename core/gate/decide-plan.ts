import { sameHash } from '../domain/payload.ts'
import type { PlanId } from '../domain/ids.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { StoredAction } from '../ports/store.ts'
import { lockPlanBudgets } from './advance-plan.ts'
import { approveAction } from './approve-action.ts'
import { checkDecision, type Decided } from './check-decision.ts'
import { decideStored } from './decide-action.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { describePlan } from './describe-plan.ts'
import type { Answer, DecisionRequest } from './gate.ts'
import type { Refusal } from './refusal.ts'
import { undoAction } from './undo-action.ts'
import type { PlanView } from './views.ts'

export type PlanDecision = Omit<DecisionRequest, 'actionId' | 'input'>

const NOT_FOUND: Refusal = { kind: 'not_found', what: 'the plan' }

/** One plan; an agent sees its own. */
export async function getPlan(ctx: Context, actor: Actor, id: PlanId): Answer<PlanView> {
  return await ctx.store.read<Awaited<Answer<PlanView>>>(actor.workspaceId, async (tx) => {
    const plan = await tx.loadPlan(id)
    if (!plan || (actor.kind === 'agent' && plan.proposerId !== actor.id)) return err(NOT_FOUND)
    return ok(await describePlan(ctx, tx, id))
  })
}

/**
 * Decides all steps as one, in one transaction: approved, the first runs and the others wait their turn. A step whose
 * verdict became stricter refuses the whole decision.
 */
export async function decidePlan(ctx: Context, actor: Actor, id: PlanId, request: PlanDecision): Answer<PlanView> {
  if (request.decision === 'edit' || request.decision === 'confirm') {
    return err({
      kind: 'malformed',
      problems: [{ path: 'decision', says: 'A plan can be approved, revised, rejected or cancelled.' }],
    })
  }
  return await transact<PlanView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('move')
    const plan = await tx.loadPlan(id)
    if (!plan || (actor.kind === 'agent' && plan.proposerId !== actor.id)) return err(NOT_FOUND)
    const view = await describePlan(ctx, tx, id)
    const undecided = view.steps.some(({ state }) => state === 'awaiting_approval' || request.decision === 'cancel')
    if (undecided && (view.payloadHash === null || !sameHash(request.payloadHash, view.payloadHash))) {
      return err({ kind: 'stale_hash', current: view.payloadHash ?? '' })
    }
    const steps = await tx.loadPlanActions(id)
    if (steps[0]) await lockPlanBudgets(tx, steps[0])
    for (const step of steps) {
      const decided = await decideStep(ctx, tx, actor, step, request)
      if (!decided.ok) return decided
      if (decided.value.kind === 'refused') return err(decided.value.refusal)
    }
    return ok(await describePlan(ctx, tx, id))
  })
}

async function decideStep(
  ctx: Context,
  tx: Move,
  actor: Actor,
  step: StoredAction,
  request: PlanDecision,
): Promise<Decided> {
  const full: DecisionRequest = { ...request, actionId: step.action.id, payloadHash: step.payload.hash ?? '' }
  if (request.decision !== 'approve') return await decideStored(ctx, tx, actor, step, full)
  const member = await checkDecision(tx, actor, step, full)
  return member.ok ? await approveAction(ctx, tx, member.value, step, (step.action.step ?? 1) > 1) : member
}

/** Undoes the executed steps, last first, and cancels those that have not run; stops at the first that cannot be undone. */
export async function undoPlan(
  ctx: Context,
  actor: Actor,
  id: PlanId,
  options: { readonly reason?: string },
): Answer<PlanView> {
  const plan = await getPlan(ctx, actor, id)
  if (!plan.ok) return plan
  const undoable = [...plan.value.steps]
    .reverse()
    .filter(({ state }) => ['executed', 'scheduled', 'held', 'ready'].includes(state))
  if (undoable.length === 0)
    return err({ kind: 'window_closed', at: null, why: 'Nothing of this plan was done that could be undone.' })
  for (const step of undoable) {
    const undone = await undoAction(ctx, actor, step.id, { despiteChanges: false, ...options })
    if (!undone.ok) return undone
    if (undone.value.state !== 'undone' && undone.value.state !== 'cancelled') break
  }
  return await getPlan(ctx, actor, id)
}
