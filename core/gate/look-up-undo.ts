import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok, type Result } from '../domain/result.ts'
import type { Kind, Receipt, UndoSteps } from '../ports/kind.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { ExecutionRow, StoredAction } from '../ports/rows.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { LOOK_AGAIN_MS, LOOK_FOR_MS, LOOKS } from './look-up-action.ts'
import { loseConnection } from './lose-connection.ts'
import { moveAction } from './move-action.ts'
import { openSession } from './open-session.ts'
import { notUndone, undone } from './record-undo.ts'

/**
 * Finds out whether an undo happened whose answer was lost. "Unchanged" is believed the second time; when the platform
 * cannot be asked for half an hour, a person is.
 */
export async function lookUpUndo(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  const seen = await ctx.store.read(workspaceId, async (tx) => ({
    stored: await tx.loadAction(id),
    runs: await tx.listExecutions([id]),
  }))
  const kind = seen.stored && ctx.kinds.get(seen.stored.action.kind)
  const done = seen.runs.findLast(({ direction, state }) => direction === 'do' && state === 'done')
  const attempt = seen.runs.findLast(({ direction }) => direction === 'undo')
  if (!seen.stored || seen.stored.state.state !== 'undoing' || !kind?.undo || !done?.receipt || !attempt) return
  const looked = await lookForUndo(ctx, seen.stored, kind.undo, done, done.receipt)
  await transact(ctx, workspaceId, async (tx) => {
    const stored = await tx.loadToMove(id)
    if (!stored || stored.state.version !== seen.stored?.state.version) return ok(undefined)
    if (looked.ok && looked.value) await undone(ctx, tx, stored)
    else if (looked.ok) await unchanged(ctx, tx, stored, kind)
    else await notLooked(ctx, tx, stored, attempt, looked.error)
    return ok(undefined)
  })
}

async function notLooked(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  attempt: ExecutionRow,
  error: PlatformError,
): Promise<void> {
  await loseConnection(tx, stored, error)
  if (tx.now.getTime() - attempt.startedAt.getTime() > LOOK_FOR_MS)
    return await notUndone(ctx, tx, stored, 'the platform could not be asked. Please look there yourself.')
  await lookAgain(tx, stored, stored.state.lookUps, LOOK_AGAIN_MS)
}

async function unchanged(ctx: Context, tx: Move, stored: StoredAction, kind: Kind): Promise<void> {
  const lookUps = stored.state.lookUps + 1
  if (lookUps < LOOKS) return await lookAgain(tx, stored, lookUps, Math.max(1000, kind.settlesAfterMs))
  await notUndone(ctx, tx, stored, 'the platform shows it unchanged. Press Undo again.')
}

async function lookAgain(tx: Move, stored: StoredAction, lookUps: number, afterMs: number): Promise<void> {
  const leaseUntil = new Date(tx.now.getTime() + afterMs)
  await moveAction(tx, stored, { state: 'undoing', lookUps, leaseUntil }, { type: 'undo_unknown', by: 'gate' })
}

async function lookForUndo(
  ctx: Context,
  stored: StoredAction,
  steps: UndoSteps,
  done: ExecutionRow,
  receipt: Receipt,
): Promise<Result<boolean, PlatformError>> {
  const session = await openSession(ctx, stored.action.workspaceId, stored.action.connectionId)
  return session.ok ? await steps.lookUp(stored.payload.input, done.before, receipt, session.value) : session
}
