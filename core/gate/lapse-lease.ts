import { MAX_ATTEMPTS, retryDelayMs } from '../domain/after-failure.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { lockPlanBudgets } from './advance-plan.ts'
import { type Context, transactOn } from './dependencies.ts'
import { moveAction } from './move-action.ts'
import { lookUpUndo } from './look-up-undo.ts'
import { didEarlier } from './record-receipt.ts'

const LAPSED = { state: 'unknown', finishedAt: null, receipt: null, error: { kind: 'lease_lapsed' } } as const

/**
 * A lease ran out without a receipt: the process died, or the answer was lost on the way. The effect may have
 * happened, so it is looked up; only what may safely be repeated is simply tried again.
 */
export async function lapseLease(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  const result = await transactOn(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    const kind = stored && ctx.kinds.get(stored.action.kind)
    if (!stored || !kind || stored.state.leaseUntil === null || stored.state.leaseUntil > tx.now)
      return ok('none' as const)
    const { state } = stored
    if (state.state === 'undoing') {
      const [run] = (await tx.listExecutions([id])).filter(({ attempt }) => attempt === state.attempt)
      if (run?.state !== 'running') return ok('undo' as const)
      // The process died: the platform may still be working on it, so it is looked up when that has settled.
      await tx.finishExecution(id, state.attempt, LAPSED)
      const leaseUntil = new Date(tx.now.getTime() + kind.settlesAfterMs)
      await moveAction(tx, stored, { state: 'undoing', leaseUntil }, { type: 'lease_lapsed', by: 'gate' })
      return ok('none' as const)
    }
    if (state.state !== 'executing') return ok('none' as const)
    await lockPlanBudgets(tx, stored)
    if (await didEarlier(tx, stored, LAPSED)) return ok('none' as const)
    const event = { type: 'lease_lapsed', by: 'gate', body: { attempt: state.attempt } }
    if (kind.effect.repeat === 'safe' && state.tries < MAX_ATTEMPTS) {
      await tx.finishExecution(id, state.attempt, LAPSED)
      const again = new Date(tx.now.getTime() + retryDelayMs(state.tries, 0))
      await moveAction(tx, stored, { state: 'ready', leaseUntil: null, runAt: again }, event)
      return ok('none' as const)
    }
    await tx.finishExecution(id, state.attempt, LAPSED)
    const note = 'The answer was lost on the way; we are finding out whether it happened.'
    const runAt = new Date(tx.now.getTime() + kind.settlesAfterMs)
    await moveAction(
      tx,
      stored,
      { state: 'unknown', leaseUntil: null, lookUps: 0, runAt, remark: { note, differences: [], preflight: [] } },
      event,
    )
    return ok('none' as const)
  })
  if (result.ok && result.value === 'undo') await lookUpUndo(ctx, workspaceId, id)
}
