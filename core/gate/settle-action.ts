import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { countDecision } from './count-decision.ts'
import { type Context, transactOn } from './dependencies.ts'
import { drawCard } from './draw-card.ts'
import { moveAction } from './move-action.ts'

/** Closes the window after the effect: from now on only a new, linked action can reverse it. */
export async function settleAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transactOn(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    if (
      !stored ||
      stored.state.state !== 'executed' ||
      stored.state.undoUntil === null ||
      stored.state.undoUntil > tx.now
    )
      return ok(undefined)
    const body = await countDecision(ctx, tx, stored, { kind: 'settled' })
    await moveAction(tx, stored, { state: 'settled' }, { type: 'settled', by: 'gate', body })
    // The card loses its Undo button.
    await drawCard(tx, stored.action)
    return ok(undefined)
  })
}
