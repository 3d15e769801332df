import { ok, type Result } from '../domain/result.ts'
import type { Kind } from '../ports/kind.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { StoredAction } from '../ports/rows.ts'
import { undoneCharges } from './commit-daily.ts'
import { countDecision } from './count-decision.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { loseConnection } from './lose-connection.ts'
import { moveAction } from './move-action.ts'
import { openException, type Opening } from './open-exception.ts'
import { failureWords } from './open-session.ts'
import { errorJson } from './record-receipt.ts'

/** Writes what became of an undo; one that is answered after it was given up is shown to a person. */
export async function recordUndo(
  ctx: Context,
  claimed: StoredAction,
  kind: Kind,
  answer: Result<{ readonly after: unknown }, PlatformError>,
): Promise<void> {
  await transact(ctx, claimed.action.workspaceId, async (tx) => {
    const stored = await tx.loadToMove(claimed.action.id)
    if (!stored || stored.state.attempt !== claimed.state.attempt) return ok(undefined)
    if (stored.state.state !== 'undoing') {
      if (answer.ok && stored.state.state === 'executed') await openException(ctx, tx, stored, LATE)
    } else if (answer.ok) await undone(ctx, tx, stored)
    else if (answer.error.kind === 'outcome_unknown' || answer.error.kind === 'unexpected_answer')
      await undoUnknown(tx, stored, kind, answer.error)
    else {
      await loseConnection(tx, stored, answer.error)
      await notUndone(ctx, tx, stored, failureWords(stored.action.platform, answer.error, UNDO_AGAIN))
    }
    return ok(undefined)
  })
}

/** What a person does once the platform is connected again. */
export const UNDO_AGAIN = 'undo it again'

const LATE: Opening = {
  source: 'late_undo',
  says: 'A late answer says that this was undone, although it had been given up. Please look on the platform.',
  options: ['happened'],
}

/** It is taken back. */
export async function undone(
  ctx: Pick<Context, 'kinds' | 'newId' | 'compiled'>,
  tx: Move,
  stored: StoredAction,
): Promise<void> {
  const { action, state } = stored
  const charged = await undoneCharges(tx, stored)
  const body = await countDecision(ctx, tx, stored, { kind: 'undone' })
  await tx.finishExecution(action.id, state.attempt, { state: 'done', finishedAt: tx.now, receipt: null, error: null })
  await moveAction(
    tx,
    stored,
    { ...charged, state: 'undone', leaseUntil: null, undoUntil: null, undoneAt: tx.now, remark: null },
    { type: 'undone', by: 'gate', body },
  )
}

/** The answer was lost: the lease is moved on to when the platform has settled, and then it is looked up. */
async function undoUnknown(tx: Move, stored: StoredAction, kind: Kind, error: PlatformError): Promise<void> {
  const { action, state } = stored
  await tx.finishExecution(action.id, state.attempt, {
    state: 'unknown',
    finishedAt: null,
    receipt: null,
    error: errorJson(error),
  })
  const leaseUntil = new Date(tx.now.getTime() + kind.settlesAfterMs)
  const note = failureWords(action.platform, error)
  await moveAction(
    tx,
    stored,
    { state: 'undoing', leaseUntil, remark: { note, differences: [], preflight: [] } },
    { type: 'undo_unknown', by: 'gate' },
  )
}

/** It stays as it is, and a person is told why. */
export async function notUndone(ctx: Context, tx: Move, stored: StoredAction, why: string): Promise<void> {
  const { action, state } = stored
  await tx.finishExecution(action.id, state.attempt, {
    state: 'failed',
    finishedAt: tx.now,
    receipt: null,
    error: { kind: 'not_undone' },
  })
  const note = `It could not be undone: ${why}`
  const moved = await moveAction(
    tx,
    stored,
    { state: 'executed', leaseUntil: null, remark: { note, differences: [], preflight: [] } },
    { type: 'undo_failed', by: 'gate' },
  )
  await openException(ctx, tx, moved, { source: 'undo_failed', says: note, options: ['retry'] })
}
