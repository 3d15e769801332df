import { afterFailure, retryDelayMs } from '../domain/after-failure.ts'
import type { Json } from '../domain/canonical.ts'
import type { ActionId } from '../domain/ids.ts'
import { ok, type Result } from '../domain/result.ts'
import type { Kind, Receipt } from '../ports/kind.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { ExecutionRow, StoredAction } from '../ports/rows.ts'
import { advancePlan, lockPlanBudgets, stopPlan } from './advance-plan.ts'
import { executedCharges } from './commit-daily.ts'
import { type Context, type Move, transactOn } from './dependencies.ts'
import { loseConnection } from './lose-connection.ts'
import { EARLIER_TRY } from './find-out-first.ts'
import { lostRuns } from './lost-attempt.ts'
import { moveAction } from './move-action.ts'
import { openException } from './open-exception.ts'
import { failureWords } from './open-session.ts'
import { returnToWaiting } from './return-to-waiting.ts'

/** A day in which a person may take it back, or say that it looks good. */
export const UNDO_WINDOW_MS = 24 * 3_600_000

/**
 * Writes what became of an attempt. The receipt counts only for the attempt that is still running; one that comes
 * after its lease lapsed settles an `unknown`, and otherwise says that it may have happened twice.
 */
export async function recordReceipt(
  ctx: Context,
  claimed: StoredAction,
  kind: Kind,
  answer: Result<Receipt, PlatformError>,
): Promise<void> {
  const { action, state } = claimed
  await transactOn(ctx, action.workspaceId, action.id, async (tx) => {
    const stored = await tx.loadToMove(action.id)
    if (!stored) return ok(undefined)
    await lockPlanBudgets(tx, stored)
    const mine = stored.state.attempt === state.attempt
    if (mine && stored.state.state === 'executing') await settle(ctx, tx, stored, kind, answer)
    else await late(ctx, tx, stored, state.attempt, answer)
    return ok(undefined)
  })
}

async function settle(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  kind: Kind,
  answer: Result<Receipt, PlatformError>,
): Promise<void> {
  if (answer.ok) return await executed(tx, stored, answer.value, 'receipt')
  const { action, state } = stored
  const { error } = answer
  if (await didEarlier(tx, stored, { state: 'failed', error: errorJson(error) })) return
  const after = afterFailure(kind.effect.repeat, error.kind, state.tries)
  // An earlier attempt may have happened after all: neither "failed" nor a card may say that nothing did.
  const gaveUp = after === 'failed' || after === 'awaiting_approval'
  const earlier = gaveUp && lostRuns(await tx.listExecutions([action.id])).length > 0
  const next = earlier ? 'unknown' : after
  const note = earlier ? EARLIER_TRY : failureWords(action.platform, error)
  const finished = { finishedAt: tx.now, receipt: null, error: errorJson(error) }
  const event = { type: 'attempt_failed', by: 'gate', body: { attempt: state.attempt, error: error.kind, next } }
  const remark = { note, differences: [], preflight: [] }
  switch (next) {
    case 'ready': {
      // One whose answer was lost stays open: a look-up may still say what became of it.
      const ended = error.kind === 'outcome_unknown' ? 'unknown' : 'failed'
      await tx.finishExecution(action.id, state.attempt, { state: ended, ...finished })
      const asked = error.kind === 'rate_limited' ? error.retryAfterMs : 0
      const runAt = new Date(tx.now.getTime() + retryDelayMs(state.tries, asked))
      await moveAction(tx, stored, { state: 'ready', leaseUntil: null, runAt, remark }, event)
      return
    }
    case 'failed':
      await tx.finishExecution(action.id, state.attempt, { state: 'failed', ...finished })
      await moveAction(tx, stored, { state: 'failed', leaseUntil: null, expiresAt: null, remark }, event)
      return await stopPlan(tx, stored)
    case 'awaiting_approval':
      await tx.finishExecution(action.id, state.attempt, { state: 'failed', ...finished })
      await loseConnection(tx, stored, error)
      await returnToWaiting(ctx, tx, stored, { type: 'connection_lost', note, differences: [], preflight: [note] })
      return
    case 'unknown': {
      await loseConnection(tx, stored, error)
      await tx.finishExecution(action.id, state.attempt, { state: earlier ? 'failed' : 'unknown', ...finished })
      const runAt = new Date(tx.now.getTime() + kind.settlesAfterMs)
      await moveAction(tx, stored, { state: 'unknown', leaseUntil: null, lookUps: 0, runAt, remark }, event)
    }
  }
}

/** The effect happened: by its receipt, because it was found on the platform, or (without a receipt) by a person's word. */
export async function executed(
  tx: Move,
  stored: StoredAction,
  receipt: Receipt | null,
  how: 'receipt' | 'found' | 'person',
  attempt?: number,
): Promise<void> {
  const { action, state } = stored
  // A first attempt that has its answer was never in question.
  const wasAsked = state.state !== 'executing' || state.attempt > 1
  const charged = await executedCharges(tx, stored)
  const did = attempt ?? (state.state === 'executing' ? state.attempt : await lastLost(tx, stored))
  await tx.finishExecution(action.id, did, { state: 'done', finishedAt: tx.now, receipt, error: null })
  const moved = await moveAction(
    tx,
    stored,
    {
      ...charged,
      state: 'executed',
      leaseUntil: null,
      runAt: null,
      expiresAt: null,
      executedAt: tx.now,
      undoUntil: new Date(tx.now.getTime() + UNDO_WINDOW_MS),
      remark: null,
    },
    {
      type: 'executed',
      by: 'gate',
      body: { attempt: did, how },
      // On some platforms the reference is an e-mail address.
      ...(receipt ? { detail: { reference: receipt.reference } } : {}),
    },
  )
  // The question whether it happened is answered.
  if (wasAsked) await closeQuestions(tx, action.id, 'unknown_outcome')
  await advancePlan(tx, moved)
}

async function closeQuestions(tx: Move, id: ActionId, source: 'unknown_outcome' | 'possible_double'): Promise<void> {
  for (const open of await tx.openExceptions([id]))
    if (open.source === source) await tx.resolveException(open.id, 'Tenure', 'happened')
}

/** The attempt that it was, where a later one was refused without doing anything. */
async function lastLost(tx: Move, { action, state }: StoredAction): Promise<number> {
  return lostRuns(await tx.listExecutions([action.id])).at(-1)?.attempt ?? state.attempt
}

/**
 * The late answer of an earlier attempt said that it was done while this one was under way, which by now came to nothing:
 * then it is done. False: no earlier one is.
 */
export async function didEarlier(
  tx: Move,
  stored: StoredAction,
  ended: Pick<ExecutionRow, 'state' | 'error'>,
): Promise<boolean> {
  const { action, state } = stored
  if (state.attempt === 1) return false
  const runs = await tx.listExecutions([action.id])
  const done = runs.find((run) => run.direction === 'do' && run.state === 'done' && run.attempt < state.attempt)
  if (!done) return false
  await tx.finishExecution(action.id, state.attempt, { ...ended, finishedAt: tx.now, receipt: null })
  await executed(tx, stored, done.receipt, 'receipt', done.attempt)
  // A repeat that did nothing made no double. One whose answer is lost may have.
  if (ended.state !== 'unknown') await closeQuestions(tx, action.id, 'possible_double')
  return true
}

/** None of the attempts whose answer was lost did anything. */
export async function finishLost(
  tx: Move,
  { action }: StoredAction,
  kind: 'proved_absent' | 'absent_by_person',
): Promise<void> {
  for (const { attempt } of lostRuns(await tx.listExecutions([action.id])))
    await tx.finishExecution(action.id, attempt, {
      state: 'failed',
      finishedAt: tx.now,
      receipt: null,
      error: { kind },
    })
}

const IN_QUESTION = { state: 'unknown', runAt: null } as const
const QUESTIONED = { type: 'in_question', by: 'gate' } as const

async function late(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  attempt: number,
  answer: Result<Receipt, PlatformError>,
): Promise<void> {
  if (!answer.ok) return
  const { action, state } = stored
  const mine = (await tx.listExecutions([action.id])).find((row) => row.attempt === attempt)
  // Found by a look-up before its answer was heard: that was this one.
  if (mine?.state === 'done') return
  if (mine?.state === 'unknown' && (state.state === 'unknown' || state.state === 'ready')) {
    // What waits to be repeated need not be any more: it was in question, and here is the answer.
    const asked = state.state === 'ready' ? await moveAction(tx, stored, IN_QUESTION, QUESTIONED) : stored
    return await executed(tx, asked, answer.value, 'receipt', attempt)
  }
  await tx.finishExecution(action.id, attempt, {
    state: 'done',
    finishedAt: tx.now,
    receipt: answer.value,
    error: null,
  })
  const says =
    'A late answer says that this went out, although it had been taken for lost. It may have happened twice; please look on the platform.'
  await openException(ctx, tx, stored, { source: 'possible_double', says, options: ['happened'] })
}

/** Gives a claim back that could not be sent in time: nothing was sent. */
export async function releaseClaim(ctx: Context, claimed: StoredAction): Promise<void> {
  const { action, state } = claimed
  await transactOn(ctx, action.workspaceId, action.id, async (tx) => {
    const stored = await tx.loadToMove(action.id)
    if (!stored || stored.state.state !== 'executing' || stored.state.attempt !== state.attempt) return ok(undefined)
    if (await didEarlier(tx, stored, { state: 'released', error: null })) return ok(undefined)
    await tx.finishExecution(action.id, state.attempt, {
      state: 'released',
      finishedAt: tx.now,
      receipt: null,
      error: null,
    })
    await moveAction(
      tx,
      stored,
      { state: 'ready', leaseUntil: null, runAt: new Date(tx.now.getTime() + retryDelayMs(state.tries, 0)) },
      { type: 'released', by: 'gate', body: { attempt: state.attempt } },
    )
    return ok(undefined)
  })
}

export const errorJson = (error: PlatformError): Json => ({ ...error })
