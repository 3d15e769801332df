import { IN_FLIGHT, type State } from '../domain/action-states.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Move } from './dependencies.ts'
import { lockBudgets } from './lock-budgets.ts'
import { moveAction } from './move-action.ts'

/** After a step was executed the next one may run; it waited in `scheduled` without a time. */
export async function advancePlan(tx: Move, done: StoredAction): Promise<void> {
  const next = await nextStep(tx, done)
  if (!next || next.state.state !== 'scheduled' || next.state.runAt !== null) return
  await moveAction(
    tx,
    next,
    { state: 'ready', runAt: tx.now },
    { type: 'turn', by: 'gate', body: { after: done.action.id } },
  )
  tx.afterCommit('execute', next.action.id)
}

/** Where a later step may stand that has not run: its turn has not come, or it came back to a person. */
const ENDS: readonly State[] = [...IN_FLIGHT, 'awaiting_approval']

/** A step that failed, or that will not run, stops the plan: what comes after it does not run. */
export async function stopPlan(tx: Move, failed: StoredAction, how = 'failed'): Promise<void> {
  const { planId, step } = failed.action
  if (planId === null || step === null) return
  for (const later of await tx.loadPlanActions(planId)) {
    if ((later.action.step ?? 0) <= step || !ENDS.includes(later.state.state)) continue
    const note = `Step ${step} of this plan ${how}, so it stopped.`
    await moveAction(
      tx,
      later,
      {
        state: 'cancelled',
        runAt: null,
        expiresAt: null,
        remindAt: null,
        remark: { note, differences: [], preflight: [] },
      },
      { type: 'plan_stopped', by: 'gate', body: { after: failed.action.id } },
    )
  }
}

/** Locks the budget rows that the steps hold something of before any state row is touched: the lock order. */
export async function lockPlanBudgets(tx: Move, { action }: StoredAction): Promise<void> {
  if (action.planId === null) return
  const steps = await tx.loadPlanActions(action.planId)
  await lockBudgets(
    tx,
    steps.flatMap(({ state }) => state.charges),
  )
}

async function nextStep(tx: Move, { action }: StoredAction): Promise<StoredAction | undefined> {
  if (action.planId === null || action.step === null) return undefined
  const steps = await tx.loadPlanActions(action.planId)
  return steps.find(({ action: other }) => other.step === (action.step ?? 0) + 1)
}
