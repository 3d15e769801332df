import { sameHash } from '../domain/payload.ts'
import type { PlanId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { isStricterThanSeen } from '../domain/verdict.ts'
import type { StoredAction } from '../ports/rows.ts'
import { stopPlan } from './advance-plan.ts'
import { approveAction, evaluateAgain, freshCard } from './approve-action.ts'
import { gatherApprovals, peopleRules } from './approve-in-part.ts'
import { CANCELLABLE } from './cancel-action.ts'
import { checkDecision, type Decided } from './check-decision.ts'
import { lockToCount } from './count-decision.ts'
import { decideStored } from './decide-action.ts'
import { ownCategory, rightToApprove } from './decider-right.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { describePlan } from './describe-plan.ts'
import type { Answer } from './gate.ts'
import type { DecisionRequest } from './requests.ts'
import { lockBudgets } from './lock-budgets.ts'
import { judgeNow } from './judge-now.ts'
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
  const result = await transact<PlanView, Refusal | Stricter>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('move')
    const plan = await tx.loadPlan(id)
    if (!plan || (actor.kind === 'agent' && plan.proposerId !== actor.id)) return err(NOT_FOUND)
    const view = await describePlan(ctx, tx, id)
    const undecided = view.steps.some(({ state }) => state === 'awaiting_approval' || request.decision === 'cancel')
    if (undecided && (view.payloadHash === null || !sameHash(request.payloadHash, view.payloadHash))) {
      return err({ kind: 'stale_hash', current: view.payloadHash ?? '' })
    }
    const steps = await tx.loadPlanActions(id)
    const open = steps.filter(({ state }) =>
      request.decision === 'cancel' ? CANCELLABLE.includes(state.state) : state.state === 'awaiting_approval',
    )
    await lockToJudge(ctx, tx, steps, request.decision === 'approve' ? open : [])
    if (request.decision === 'reject' || request.decision === 'cancel') await lockToCount(tx, steps)
    const waits = request.decision === 'approve' && (await needsMorePeople(ctx, tx, actor, open))
    for (const step of open.length > 0 ? open : steps) {
      const decided = await decideStep(ctx, tx, actor, step, { request, steps, waits })
      if (!decided.ok) return decided
      if (decided.value.kind === 'refused') return err({ kind: 'plan_stricter', refusal: decided.value.refusal })
    }
    // What came back of a running plan was sent away: what waits for it does not run.
    if (request.decision !== 'approve' && open[0]) await stopPlan(tx, open[0], 'was not approved')
    return ok(await describePlan(ctx, tx, id))
  })
  if (result.ok) return result
  if (result.error.kind !== 'plan_stricter') return err(result.error)
  await freshPlan(ctx, actor, id)
  return err(result.error.refusal)
}

type Stricter = { readonly kind: 'plan_stricter'; readonly refusal: Refusal }

/** The decision was rolled back as a whole; the card is redrawn with what became stricter, and decided anew. */
async function freshPlan(ctx: Context, actor: Actor, id: PlanId): Promise<void> {
  await transact(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('move')
    const snapshot = await tx.snapshot()
    const steps = await tx.loadPlanActions(id)
    const open = steps.filter(({ state }) => state.state === 'awaiting_approval')
    await lockToJudge(ctx, tx, steps, open)
    for (const step of open) {
      const evaluated = evaluateAgain(ctx, tx, snapshot, step)
      const judged = evaluated && (await judgeNow(ctx, tx, step.state, evaluated))
      if (judged && isStricterThanSeen(judged.verdict, step.payload.verdict))
        await freshCard(tx, step, evaluated, judged)
    }
    return ok(undefined)
  })
}

/** Locks what the steps hold of budgets, and what those that are judged again will be charged to now. */
async function lockToJudge(
  ctx: Context,
  tx: Move,
  steps: readonly StoredAction[],
  judged: readonly StoredAction[],
): Promise<void> {
  const snapshot = await tx.snapshot()
  const held = steps.flatMap(({ state }) => state.charges)
  const coming = judged.flatMap((step) => evaluateAgain(ctx, tx, snapshot, step)?.charges ?? [])
  await lockBudgets(tx, [...held, ...coming])
}

/** Steps that are behind; the one after them has its turn. */
const DONE = ['executed', 'settled', 'undone']

type InPlan = { readonly request: PlanDecision; readonly steps: readonly StoredAction[]; readonly waits: boolean }

const wholeOf = (steps: readonly StoredAction[]): number =>
  steps.reduce((sum, { payload }) => sum + payload.amountMinor, 0)

/** Whether some step would wait for another person after this approval: then none of them goes yet. */
async function needsMorePeople(ctx: Context, tx: Move, actor: Actor, open: readonly StoredAction[]): Promise<boolean> {
  if (actor.kind === 'agent') return false
  const snapshot = await tx.snapshot()
  for (const step of open) {
    const evaluated = evaluateAgain(ctx, tx, snapshot, step)
    if (!evaluated) continue
    const rules = peopleRules(ctx, snapshot, step, evaluated, wholeOf(open))
    const right = rightToApprove(
      snapshot,
      actor,
      { ...step.action, ...ownCategory(ctx, step.action), amountMinor: wholeOf(open) },
      tx.now,
    )
    // Who may not approve it at all is told so by the step itself.
    if (!right.ok) return false
    const gathered = await gatherApprovals(ctx, tx, snapshot, step, rules, { decider: actor, right: right.value })
    if (gathered.kind !== 'enough') return true
  }
  return false
}

async function decideStep(
  ctx: Context,
  tx: Move,
  actor: Actor,
  step: StoredAction,
  { request, steps, waits }: InPlan,
): Promise<Decided> {
  const full: DecisionRequest = { ...request, actionId: step.action.id, payloadHash: step.payload.hash ?? '' }
  if (request.decision !== 'approve') return await decideStored(ctx, tx, actor, step, full)
  const member = await checkDecision(tx, actor, step, full)
  const waitsFor = steps.some(
    ({ action, state }) => (action.step ?? 0) < (step.action.step ?? 0) && !DONE.includes(state.state),
  )
  if (!member.ok) return member
  const open = steps.filter(({ state }) => state.state === 'awaiting_approval')
  return await approveAction(ctx, tx, member.value, step, { turn: waitsFor, wholeMinor: wholeOf(open), waits })
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
  // Before its state is told: who may not undo is told so, whatever there is to undo.
  if (actor.kind === 'member' && !mayDo(actor.role, 'undo'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can undo.' })
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
