import { MAX_ATTEMPTS } from '../domain/after-failure.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Found, Kind } from '../ports/kind.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { ExecutionRow, StoredAction } from '../ports/rows.ts'
import { type Context, type Move, transactOn } from './dependencies.ts'
import { loseConnection, needsNewConnection } from './lose-connection.ts'
import { moveAction } from './move-action.ts'
import { openException } from './open-exception.ts'
import { failureWords, openSession } from './open-session.ts'
import { executed, finishLost } from './record-receipt.ts'
import { lockPlanBudgets, stopPlan } from './advance-plan.ts'

/** "Not found" is believed the second time, and only of kinds whose look-up is authoritative. */
export const LOOKS = 2
export const LOOK_AGAIN_MS = 60_000
export const LOOK_FOR_MS = 1_800_000

/**
 * Finds out whether an effect happened whose answer was lost. Found: executed. Proved absent: it may run again. What
 * cannot be settled stays `unknown` with an exception open; a repeat is never a guess.
 */
export async function lookUpAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  const seen = await ctx.store.read(workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    const attempt = stored && (await tx.listExecutions([id])).find((row) => row.attempt === stored.state.attempt)
    return stored && attempt ? { stored, attempt } : null
  })
  const kind = seen && ctx.kinds.get(seen.stored.action.kind)
  if (!seen || !kind || seen.stored.state.state !== 'unknown') return
  const found = await look(ctx, seen.stored, seen.attempt, kind)
  await transactOn(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    if (!stored || stored.state.version !== seen.stored.state.version) return ok(undefined)
    await lockPlanBudgets(tx, stored)
    if (!found.ok) await lookLater(ctx, tx, stored, seen.attempt, found.error)
    else if (found.value.found) await executed(tx, stored, found.value.receipt, 'found')
    else await absent(ctx, tx, stored, kind)
    return ok(undefined)
  })
}

async function look(
  ctx: Context,
  stored: StoredAction,
  attempt: ExecutionRow,
  kind: Kind,
): Promise<Result<Found, PlatformError>> {
  const session = await openSession(ctx, stored.action.workspaceId, stored.action.connectionId)
  if (!session.ok) return err(session.error)
  return await kind.lookUp(stored.payload.input, attempt.before, session.value, { key: stored.action.id })
}

async function absent(ctx: Context, tx: Move, stored: StoredAction, kind: Kind): Promise<void> {
  const { action, state } = stored
  const lookUps = state.lookUps + 1
  const event = { type: 'looked_up', by: 'gate', body: { found: false, looks: lookUps } }
  if (lookUps < LOOKS) {
    await moveAction(
      tx,
      stored,
      { state: 'unknown', lookUps, runAt: new Date(tx.now.getTime() + Math.max(1000, kind.settlesAfterMs)) },
      event,
    )
    return
  }
  if (!kind.authoritative) return await giveUp(ctx, tx, stored, lookUps)
  await finishLost(tx, stored, 'proved_absent')
  if (state.tries < MAX_ATTEMPTS) {
    await moveAction(tx, stored, { state: 'ready', lookUps, runAt: tx.now, remark: null }, event)
    tx.afterCommit('execute', action.id)
    return
  }
  const note = 'It did not happen, after several tries.'
  await moveAction(
    tx,
    stored,
    { state: 'failed', lookUps, runAt: null, remark: { note, differences: [], preflight: [] } },
    event,
  )
  await stopPlan(tx, stored)
}

/** A look that failed is not a "not found"; it is tried every minute, and after half an hour a person is asked. */
async function lookLater(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  attempt: ExecutionRow,
  error: PlatformError,
): Promise<void> {
  await loseConnection(tx, stored, error)
  if (tx.now.getTime() - attempt.leaseUntil.getTime() > LOOK_FOR_MS)
    return await giveUp(ctx, tx, stored, stored.state.lookUps)
  const event = { type: 'looked_up', by: 'gate', body: { found: null, looks: stored.state.lookUps } }
  const note = failureWords(stored.action.platform, error, 'we look whether it happened')
  const told = needsNewConnection(error) ? { remark: { note, differences: [], preflight: [] } } : {}
  await moveAction(tx, stored, { state: 'unknown', runAt: new Date(tx.now.getTime() + LOOK_AGAIN_MS), ...told }, event)
}

async function giveUp(ctx: Context, tx: Move, stored: StoredAction, lookUps: number): Promise<void> {
  const event = { type: 'looked_up', by: 'gate', body: { found: null, looks: lookUps } }
  const moved = await moveAction(tx, stored, { state: 'unknown', lookUps, runAt: null }, event)
  const says = 'We could not find out whether this happened. Please look on the platform and say which it is.'
  await openException(ctx, tx, moved, { source: 'unknown_outcome', says, options: ['happened', 'did_not_happen'] })
}
