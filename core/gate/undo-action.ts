import type { ActionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { covers } from '../domain/switches.ts'
import type { Kind, Receipt, UndoSteps } from '../ports/kind.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { ExecutionRow, StoredAction } from '../ports/rows.ts'
import { stoppedBy } from './check-proposal.ts'
import { isBusySince, spendsAgain } from './commit-daily.ts'
import { cancelBeforeEffect } from './cancel-action.ts'
import { type Context, type Move, sha256, transact } from './dependencies.ts'
import { rightToUndo } from './decider-right.ts'
import { describeAction } from './describe-action.ts'
import type { Answer } from './gate.ts'
import type { UndoOptions } from './requests.ts'
import { explainUndo } from './explain-undo.ts'
import { giveFeedback } from './give-feedback.ts'
import { loseConnection, needsNewConnection } from './lose-connection.ts'
import { moveAction } from './move-action.ts'
import { failureWords, openSession } from './open-session.ts'
import { recordUndo, UNDO_AGAIN } from './record-undo.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView } from './views.ts'
import { written } from './written.ts'

const SPENDS_AGAIN = 'Taking this back spends more a day again than runs now: a person has to, or propose it.'
const BUSY = 'Another change of this campaign is under way; this can be undone when that is done.'

type Undoable = {
  readonly stored: StoredAction
  readonly kind: Kind
  readonly steps: UndoSteps
  readonly done: ExecutionRow
  readonly receipt: Receipt
  /** Before it was looked whether somebody changed it since. */
  readonly since: Date
}

/**
 * Takes an action back. Before its effect it is cancelled; after it, the before-state is restored (or made good) with
 * an execution of its own. Where somebody changed the platform since, it says so and asks. Acts at once; why is asked
 * afterwards.
 */
export async function undoAction(ctx: Context, actor: Actor, id: ActionId, options: UndoOptions): Answer<ActionView> {
  if (options.reason !== undefined || options.cause !== undefined) {
    const explained = await explainUndo(ctx, actor, id, options)
    if (explained) return explained
  }
  const found = await ctx.store.read(actor.workspaceId, (tx) => findUndoable(ctx, tx, actor, id))
  if (!found.ok) return found
  if (found.value === 'before_effect') return await cancelBeforeEffect(ctx, actor, id, options)
  const undoable = found.value
  const { stored, steps, done, receipt } = undoable
  const session = await openSession(ctx, actor.workspaceId, stored.action.connectionId)
  if (!session.ok) return await notReached(ctx, stored, session.error)
  const changed = await steps.changedSince(stored.payload.input, done.before, receipt, session.value)
  if (!changed.ok) return await notReached(ctx, stored, changed.error)
  if (changed.value.length > 0 && !options.despiteChanges)
    return err({ kind: 'platform_changed', differences: changed.value })
  const claimed = await claimUndo(ctx, actor, undoable, options)
  if (!claimed.ok) return claimed
  const answer = await steps.run(stored.payload.input, done.before, receipt, session.value)
  await recordUndo(ctx, claimed.value, undoable.kind, answer)
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const now = await tx.loadAction(id)
    return now ? ok(await describeAction(ctx, tx, now)) : err({ kind: 'not_found', what: 'the action' })
  })
}

/** Refused with the platform's reason; where the connection is lost, that is kept for those who can mend it. */
async function notReached(ctx: Context, stored: StoredAction, error: PlatformError): Answer<never> {
  if (needsNewConnection(error))
    await transact(ctx, stored.action.workspaceId, async (tx) => ok(await loseConnection(tx, stored, error)))
  return err({ kind: 'platform_failed', says: failureWords(stored.action.platform, error, UNDO_AGAIN) })
}

const mayUndo = (actor: Actor, stored: StoredAction): boolean =>
  actor.kind === 'agent' ? stored.action.proposerId === actor.id : mayDo(actor.role, 'undo')

async function findUndoable(
  ctx: Context,
  tx: Pick<Move, 'now' | 'loadAction' | 'listExecutions' | 'snapshot'>,
  actor: Actor,
  id: ActionId,
): Promise<Result<Undoable | 'before_effect', Refusal>> {
  const stored = await tx.loadAction(id)
  if (!stored || (actor.kind === 'agent' && stored.action.proposerId !== actor.id))
    return err({ kind: 'not_found', what: 'the action' })
  if (!mayUndo(actor, stored)) return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can undo.' })
  const { state } = stored
  // Nothing is written on the platform by that: whoever may undo may say no.
  if (state.state === 'held' || state.state === 'scheduled' || state.state === 'ready') return ok('before_effect')
  const right = actor.kind === 'member' ? rightToUndo(await tx.snapshot(), actor, stored.action, tx.now) : null
  if (right && !right.ok) return right
  const kind = ctx.kinds.get(stored.action.kind)
  if (state.state !== 'executed') {
    if (state.state === 'settled')
      return err({ kind: 'window_closed', at: state.undoUntil, why: 'The time to undo it is over.' })
    return err({ kind: 'not_now', state: state.state, why: 'Only what was done, or is about to be, can be undone.' })
  }
  if (!kind?.undo) return err({ kind: 'window_closed', at: null, why: 'This cannot be undone on the platform.' })
  if (state.undoUntil !== null && state.undoUntil <= tx.now)
    return err({ kind: 'window_closed', at: state.undoUntil, why: 'The time to undo it is over.' })
  const done = (await tx.listExecutions([id])).findLast(
    ({ direction, state: its }) => direction === 'do' && its === 'done',
  )
  if (!done?.receipt)
    return err({
      kind: 'window_closed',
      at: null,
      why: 'There is no record of how it was before, so it cannot be undone.',
    })
  return ok({ stored, kind, steps: kind.undo, done, receipt: done.receipt, since: tx.now })
}

async function claimUndo(
  ctx: Context,
  actor: Actor,
  { stored: seen, kind, done, since }: Undoable,
  options: UndoOptions,
): Promise<Result<StoredAction, Refusal>> {
  return await transact<StoredAction, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const stored = await tx.loadToMove(seen.action.id)
    if (!stored) return err({ kind: 'not_found', what: 'the action' })
    if (stored.state.version !== seen.state.version)
      return err({ kind: 'already_decided', state: stored.state.state, by: null, at: tx.now })
    const stop = (await tx.snapshot()).switches.find(({ target }) => covers(target, stored.action))
    if (stop) return err(stoppedBy(stop))
    if (await isBusySince(tx, stored, since)) return err({ kind: 'not_now', state: stored.state.state, why: BUSY })
    if (actor.kind === 'agent' && (await spendsAgain(tx, stored)))
      return err({ kind: 'not_permitted', why: SPENDS_AGAIN })
    const attempt = stored.state.attempt + 1
    const leaseUntil = new Date(tx.now.getTime() + 2 * kind.timeoutMs)
    const body = { attempt, outside: options.outside ?? false, ...(options.cause ? { cause: options.cause } : {}) }
    const claimed = await moveAction(
      tx,
      stored,
      { state: 'undoing', attempt, leaseUntil, lookUps: 0 },
      { type: 'undo_claimed', by: actor.id, body, ...written(options.reason) },
    )
    await tx.insertExecution({
      actionId: stored.action.id,
      attempt,
      direction: 'undo',
      state: 'running',
      before: done.before,
      requestDigest: sha256(`${stored.payload.hash ?? ''}:undo:${attempt}`),
      startedAt: tx.now,
      leaseUntil,
      finishedAt: null,
      receipt: null,
      error: null,
    })
    await giveFeedback(ctx, tx, claimed, actor, {
      decision: 'undo',
      severity: null,
      reason: options.reason ?? null,
      outside: options.outside ?? false,
      changes: [],
      cause: options.cause,
    })
    return ok(claimed)
  })
}
