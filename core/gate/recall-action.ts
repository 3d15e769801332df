import { isInFlight } from '../domain/action-states.ts'
import { isStricter } from '../domain/verdict.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { evaluateAgain } from './approve-action.ts'
import { type Context, transact } from './dependencies.ts'
import { moveAction } from './move-action.ts'
import { returnToWaiting } from './return-to-waiting.ts'

/**
 * Looks again at what was let through under an epoch that has passed (a demotion, a new policy). What became stricter,
 * or whose level fell, goes back to a person; the rest is bound to the new epoch, with an event.
 */
export async function recallAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transact(ctx, workspaceId, async (tx) => {
    await tx.lockControl('move')
    const stored = await tx.loadAction(id)
    if (!stored || !isInFlight(stored.state.state)) return ok(undefined)
    const { state } = stored
    const snapshot = await tx.snapshot()
    const evaluated = evaluateAgain(ctx, tx, snapshot, stored)
    if (!evaluated) return ok(undefined)
    if (state.workspaceEpoch === snapshot.control.epoch && state.scopeEpoch === evaluated.scopeEpoch)
      return ok(undefined)
    const { verdict } = evaluated.judge(null)
    const demoted = evaluated.scopeEpoch !== state.scopeEpoch
    const preparing = ctx.kinds.get(stored.action.kind)?.effect.preparing ?? false
    if (isStricter(verdict.outcome, state.acceptedOutcome ?? 'pass') || (demoted && !preparing)) {
      const note = demoted
        ? 'The level for this was lowered, so it came back to you.'
        : `The rules changed: ${verdict.reasons[0]?.text ?? 'look again'}`
      await returnToWaiting(ctx, tx, stored, { type: 'recalled', note, differences: [], preflight: [] })
      return ok(undefined)
    }
    const epochs = { workspaceEpoch: snapshot.control.epoch, scopeEpoch: evaluated.scopeEpoch }
    const event = {
      type: 'rebound',
      by: 'gate',
      payload: { ...evaluated.payload(verdict), editedBy: stored.payload.editedBy },
    }
    await moveAction(tx, stored, { state: state.state, ...epochs }, event)
    return ok(undefined)
  })
}
