import type { Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Move } from './dependencies.ts'
import { lostRuns } from './lost-attempt.ts'
import { moveAction } from './move-action.ts'

export const EARLIER_TRY = 'An earlier try may have gone through; we are finding out whether it happened.'

/** Whether a try of what waits for another one may have gone through. */
export async function isInQuestion(
  tx: Pick<Move, 'listExecutions'>,
  { action, state }: StoredAction,
): Promise<boolean> {
  if (state.state !== 'ready' || state.attempt === 0) return false
  return lostRuns(await tx.listExecutions([action.id])).length > 0
}

/**
 * Nothing that may have happened is sent back, ended or given up as if it had not: it is looked up first, and what is
 * proved absent then goes where it was going. True: it moved to `unknown`.
 */
export async function findOutFirst(tx: Move, stored: StoredAction, kind: Kind): Promise<boolean> {
  if (!(await isInQuestion(tx, stored))) return false
  const runAt = new Date(tx.now.getTime() + kind.settlesAfterMs)
  const remark = { note: EARLIER_TRY, differences: [], preflight: [] }
  await moveAction(tx, stored, { state: 'unknown', lookUps: 0, runAt, remark }, { type: 'in_question', by: 'gate' })
  return true
}
