import { isInFlight } from '../domain/action-states.ts'
import { hasNewObjection, isStricter, isStricterThanSeen } from '../domain/verdict.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import type { Snapshot, StateRow, StoredAction } from '../ports/rows.ts'
import { evaluateAgain } from './approve-action.ts'
import { type Context, type Move, transactOn } from './dependencies.ts'
import type { Evaluated } from './evaluate-action.ts'
import { judgedAnew } from './judged-anew.ts'
import { judgeNow } from './judge-now.ts'
import { moveAction } from './move-action.ts'
import { returnToWaiting } from './return-to-waiting.ts'

/**
 * Looks again at what was let through under an epoch that has passed (a demotion, a new policy). What became stricter,
 * or whose level fell, goes back to a person; the rest is bound to the new epoch, with an event.
 */
export async function recallAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transactOn(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    if (!stored) return ok(undefined)
    const snapshot = await tx.snapshot()
    const evaluated = evaluateAgain(ctx, tx, snapshot, stored)
    if (evaluated && stored.state.state === 'awaiting_approval')
      await judgeWaiting(ctx, tx, stored, snapshot, evaluated)
    if (!isInFlight(stored.state.state)) return ok(undefined)
    if (evaluated && isOutdated(stored.state, snapshot, evaluated))
      await recallStored(ctx, tx, stored, snapshot, evaluated)
    return ok(undefined)
  })
}

/** What waits is judged under the new policy: its card says so, and it is charged to the budgets that hold now. */
async function judgeWaiting(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  snapshot: Snapshot,
  evaluated: Evaluated,
): Promise<void> {
  const { state, payload } = stored
  if (state.workspaceEpoch === snapshot.control.epoch) return
  const judged = await judgeNow(ctx, tx, state, evaluated)
  const { verdict, charges } = judged
  const isBlocked = verdict.outcome === 'block'
  const change = {
    state: state.state,
    workspaceEpoch: snapshot.control.epoch,
    scopeEpoch: evaluated.scopeEpoch,
    // Where there is no room nothing is reserved; who approves it later is told so.
    charges: isBlocked ? [] : charges,
    amountMinor: evaluated.amountMinor,
  }
  const type = isStricterThanSeen(verdict, payload.verdict) ? 'stricter' : 'rebound'
  const body = { outcome: verdict.outcome }
  await moveAction(tx, stored, change, { type, by: 'gate', body, payload: judgedAnew(stored, evaluated, judged) })
}

/** Whether what let an action through is no longer what is in force. */
export const isOutdated = (state: StateRow, { control }: Snapshot, { scopeEpoch }: Evaluated): boolean =>
  state.workspaceEpoch !== control.epoch || state.scopeEpoch !== scopeEpoch

/** The same in the caller's transaction: the claim does it when it is there before the sweep. */
export async function recallStored(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  snapshot: Snapshot,
  evaluated: Evaluated,
): Promise<void> {
  const { action, state, payload } = stored
  const judged = await judgeNow(ctx, tx, state, evaluated)
  const { verdict, charges } = judged
  const preparing = ctx.kinds.get(action.kind)?.effect.preparing === true
  // A demotion takes back what a person approved, too; a policy that lowers a level only what ran without one.
  const demoted = evaluated.scopeEpoch !== state.scopeEpoch && !(preparing && evaluated.runsAlone)
  const lowered = demoted || (!state.approved && !evaluated.runsAlone)
  const isNew =
    isStricter(verdict.outcome, state.acceptedOutcome ?? 'pass') || hasNewObjection(verdict, payload.verdict)
  if (isNew || lowered) {
    const note = lowered
      ? 'The level for this was lowered, so it came back to you.'
      : `The rules changed: ${verdict.reasons[0]?.text ?? 'look again'}`
    await returnToWaiting(ctx, tx, stored, { type: 'recalled', note, differences: [], preflight: [], judged })
    return
  }
  const { amountMinor, scopeEpoch } = evaluated
  const event = {
    type: 'rebound',
    by: 'gate',
    payload: judgedAnew(stored, evaluated, judged, false),
  }
  await moveAction(
    tx,
    stored,
    {
      state: state.state,
      workspaceEpoch: snapshot.control.epoch,
      scopeEpoch,
      charges,
      amountMinor,
    },
    event,
  )
  if (state.runAt !== null && state.runAt <= tx.now) tx.afterCommit('execute', action.id)
}
