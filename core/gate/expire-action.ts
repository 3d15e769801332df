import { canMove, isInFlight } from '../domain/action-states.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import type { Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import { lockPlanBudgets, stopPlan } from './advance-plan.ts'
import { type Context, type Move, transactOn } from './dependencies.ts'
import { findOutFirst } from './find-out-first.ts'
import { moveAction } from './move-action.ts'
import { timingOfAction } from './timing-of-action.ts'

/** Ends what nobody decided in time, or what missed its slot. Never a rejection, never an approval. */
export async function expireAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transactOn(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    const expiresAt = stored?.state.expiresAt
    if (!stored || !expiresAt || expiresAt > tx.now || !canMove(stored.state.state, 'expired')) return ok(undefined)
    await expireStored(ctx, tx, stored)
    return ok(undefined)
  })
}

/** The same in the caller's transaction: the claim does it when it is there before the sweep. */
export async function expireStored(ctx: Pick<Context, 'kinds'>, tx: Move, stored: StoredAction): Promise<void> {
  await lockPlanBudgets(tx, stored)
  const kind = ctx.kinds.get(stored.action.kind)
  if (kind && (await findOutFirst(tx, stored, kind))) return
  const moved = await moveAction(
    tx,
    stored,
    { state: 'expired', remindAt: null, runAt: null, ...remarkOf(stored, kind, tx.now) },
    { type: 'expired', by: 'gate' },
  )
  await stopPlan(tx, moved, 'ran out of time')
}

/** Why it ran out of time, where that is not only that nobody decided. */
function remarkOf({ action, payload, state }: StoredAction, kind: Kind | undefined, now: Date) {
  const said = (note: string) => ({ remark: { note, differences: [], preflight: [] } })
  if (isInFlight(state.state)) return said('Its time passed before it could go out, so nothing went out.')
  const plannedAt = kind ? timingOfAction(kind, action, payload.input).plannedAt : null
  return plannedAt !== null && plannedAt <= now
    ? said('Nobody decided before the time at which it would go out, so nothing went out.')
    : {}
}
