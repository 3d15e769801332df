import { isFinal } from '../domain/action-states.ts'
import type { PlanId } from '../domain/ids.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type Context, sha256 } from './dependencies.ts'
import { describeActions } from './describe-action.ts'
import type { ActionView, PlanView } from './views.ts'

/** A plan with all its steps. Throws when it does not exist: callers have just read or written it. */
export async function describePlan(ctx: Context, tx: Transaction, id: PlanId): Promise<PlanView> {
  const plan = await tx.loadPlan(id)
  if (!plan) throw new Error(`No plan ${id}`)
  const steps = await describeActions(ctx, tx, await tx.loadPlanActions(id))
  const amounts = steps.flatMap(({ reach }) => (reach?.amount ? [reach.amount] : []))
  const currency = amounts[0]?.currency
  return {
    id,
    workspaceId: plan.workspaceId,
    title: plan.title,
    state: planState(steps),
    payloadHash: planHash(steps),
    reason: plan.reason,
    people: steps.reduce((sum, { reach }) => sum + (reach?.people ?? 0), 0),
    amount: currency === undefined ? null : { minor: amounts.reduce((sum, { minor }) => sum + minor, 0), currency },
    steps,
  }
}

/** What a decision on the plan binds to: the hashes of its steps, in order. */
export function planHash(steps: readonly Pick<ActionView, 'payloadHash'>[]): string | null {
  const hashes = steps.map(({ payloadHash }) => payloadHash)
  return hashes.includes(null) ? null : sha256(hashes.join('\n'))
}

/** Where the plan stands, from where its steps stand. */
function planState(steps: readonly ActionView[]): PlanView['state'] {
  const all = (...states: readonly string[]): boolean => steps.every(({ state }) => states.includes(state))
  const any = (...states: readonly string[]): boolean => steps.some(({ state }) => states.includes(state))
  if (any('awaiting_approval')) return 'awaiting_approval'
  for (const state of ['blocked', 'observed', 'rejected', 'expired', 'changes_requested'] as const)
    if (any(state)) return state
  if (any('failed')) return 'stopped'
  if (any('undone') && all('undone', 'cancelled')) return 'undone'
  if (all('executed', 'settled')) return 'executed'
  if (all('cancelled', 'superseded')) return 'cancelled'
  return steps.every(({ state }) => isFinal(state) || state === 'executed') ? 'stopped' : 'running'
}
