import { canMove } from '../domain/action-states.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { lockPlanBudgets, stopPlan } from './advance-plan.ts'
import { type Context, transactOn } from './dependencies.ts'
import { findOutFirst } from './find-out-first.ts'
import { moveAction } from './move-action.ts'

/** Ends what nobody decided in time, or what missed its slot. Never a rejection, never an approval. */
export async function expireAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transactOn(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    const expiresAt = stored?.state.expiresAt
    if (!stored || !expiresAt || expiresAt > tx.now || !canMove(stored.state.state, 'expired')) return ok(undefined)
    await lockPlanBudgets(tx, stored)
    const kind = ctx.kinds.get(stored.action.kind)
    if (kind && (await findOutFirst(tx, stored, kind))) return ok(undefined)
    const moved = await moveAction(
      tx,
      stored,
      { state: 'expired', remindAt: null, runAt: null },
      { type: 'expired', by: 'gate' },
    )
    await stopPlan(tx, moved, 'ran out of time')
    return ok(undefined)
  })
}
