import type { ExceptionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { lockPlanBudgets, stopPlan } from './advance-plan.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { drawCard } from './draw-card.ts'
import { exceptionView } from './describe-action.ts'
import type { Answer } from './gate.ts'
import { moveAction } from './move-action.ts'
import { executed, finishLost } from './record-receipt.ts'
import type { Refusal } from './refusal.ts'
import { undoAction } from './undo-action.ts'
import type { ExceptionOption, ExceptionRow } from '../ports/rows.ts'
import type { ExceptionView } from './views.ts'

/** A person says what happened where the gate could not find out; the action follows their word. */
export async function resolveException(
  ctx: Context,
  actor: Actor,
  id: ExceptionId,
  how: ExceptionOption,
): Answer<ExceptionView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'decide'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can resolve exceptions.' })
  const resolved = await transact<ExceptionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('move')
    const row = await tx.loadException(id)
    if (!row) return err({ kind: 'not_found', what: 'the exception' })
    if (row.resolvedAt !== null)
      return err({ kind: 'already_decided', state: 'unknown', by: row.resolvedBy, at: row.resolvedAt })
    if (!row.options.includes(how))
      return err({ kind: 'malformed', problems: [{ path: 'how', says: `Possible here: ${row.options.join(', ')}.` }] })
    if (!(await tx.resolveException(id, actor.name, how)))
      return err({ kind: 'already_decided', state: 'unknown', by: null, at: null })
    await tx.appendEvent({ subject: id, subjectVersion: 2, type: 'exception_resolved', body: { by: actor.id, how } })
    await follow(tx, row, how)
    return ok(exceptionView({ ...row, resolvedAt: tx.now, resolvedBy: actor.name, resolution: how }))
  })
  if (!resolved.ok || how !== 'retry' || resolved.value.actionId === null) return resolved
  // What failed was an undo: trying again is another one, and what it answers is what the person is told.
  const again = await undoAction(ctx, actor, resolved.value.actionId, { despiteChanges: false })
  return again.ok ? resolved : again
}

async function follow(tx: Move, row: ExceptionRow, how: ExceptionOption): Promise<void> {
  const stored = row.actionId && (await tx.loadAction(row.actionId))
  if (!stored) return
  const { action, state } = stored
  await lockPlanBudgets(tx, stored)
  if (state.state === 'unknown' && how === 'happened') {
    return await executed(tx, stored, null, 'person')
  }
  if (state.state === 'unknown' && how === 'did_not_happen') {
    await finishLost(tx, stored, 'absent_by_person')
    const note = 'A person looked: it did not happen.'
    await moveAction(
      tx,
      stored,
      { state: 'failed', runAt: null, remark: { note, differences: [], preflight: [] } },
      { type: 'absent', by: 'person' },
    )
    return await stopPlan(tx, stored)
  }
  // Nothing moves; the card is drawn without the exception.
  await drawCard(tx, action)
  tx.afterCommit('tell', action.id)
}
