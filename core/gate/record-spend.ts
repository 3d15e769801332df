import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { listBudgets } from './list-budgets.ts'
import type { Refusal } from './refusal.ts'
import type { BudgetView } from './views.ts'

/**
 * What a platform says was spent in a budget so far, what did not pass the gate included; it counts where it is larger.
 * Minor units of the workspace's currency. A smaller number than before is taken as it is: platforms correct themselves.
 */
export async function recordSpend(
  ctx: Context,
  actor: Actor,
  spends: readonly { readonly budget: string; readonly spentMinor: number }[],
): Answer<readonly BudgetView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'record_spend'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can say what a platform spent.' })
  const known = await listBudgets(ctx, actor)
  if (!known.ok) return known
  const wrong = spends.findIndex(({ budget }) => !known.value.some(({ id }) => id === budget))
  if (wrong !== -1) {
    const says = `There is no such budget now; known: ${known.value.map(({ id }) => id).join(', ') || 'none'}.`
    return err({ kind: 'malformed', problems: [{ path: `items.${wrong}.budget`, says }] })
  }
  const written = await transact<void, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const sorted = spends.toSorted((a, b) => (a.budget < b.budget ? -1 : 1))
    for (const { budget, spentMinor } of sorted) await tx.setSpent(budget, spentMinor)
    const body = { by: actor.id, spent: sorted.map(({ budget, spentMinor }) => ({ budget, spent: spentMinor })) }
    const subjectVersion = await tx.nextSubjectVersion('spend')
    await tx.appendEvent({ subject: 'spend', subjectVersion, type: 'spend_recorded', body })
    return ok(undefined)
  })
  return written.ok ? await listBudgets(ctx, actor) : written
}
