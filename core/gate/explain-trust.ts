import type { Cause } from '../domain/decision.ts'
import type { MemberId } from '../domain/ids.ts'
import { severityOfCause } from '../domain/trust/cause-severity.ts'
import { ledgeredJson } from '../domain/trust/ledger-trust.ts'
import { severityOf } from '../domain/trust/rejection-severity.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { explainInBook } from '../domain/trust/explain-in-book.ts'
import type { TrustRecord } from '../domain/trust/trust-record.ts'
import type { StoredAction } from '../ports/rows.ts'
import { missedEdge } from './count-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { tellDemotion } from './tell-demotion.ts'

/**
 * What was wrong was said within a day after an undo was counted: it is noted where it was counted, with the weight of
 * that reason. The caller holds the control row for update. Later it changes nothing.
 */
export async function explainTrust(
  ctx: Pick<Context, 'newId'>,
  tx: Move,
  by: MemberId,
  { action }: StoredAction,
  cause: Cause,
): Promise<void> {
  const before = await tx.trust.recordOf(action.id)
  // The same said again is nothing new.
  if (!before || before.cause === cause) return
  const { cell, agentId } = before
  const record = explained(before, cause)
  const categories = [categoryOfScope(cell.scope)]
  const book = await tx.trust.open({ ...cell, agentId }, { windows: [], actionIds: [action.id], categories })
  const said = explainInBook(book, record, action.id, tx.now.getTime())
  if (!said) return
  await tx.trust.write(said)
  if (said.demotion)
    await tellDemotion(ctx, tx, {
      action,
      record,
      counted: said,
      demotion: said.demotion,
      once: `${action.id}/explained`,
    })
  const subject = `explained:${action.id}`
  await tx.appendEvent({
    subject,
    subjectVersion: await tx.nextSubjectVersion(subject),
    type: 'explained',
    body: { by, action: action.id, trust: ledgeredJson({ kind: 'explained', id: action.id, record }) },
  })
}

/**
 * The record as it would have been; `instead`, where it weighs otherwise, what it was counted as. What was critical stays
 * so: only an outside reason takes that back.
 */
function explained(counted: TrustRecord, cause: Cause): TrustRecord {
  const { instead: _instead, ...before } = counted
  const { event } = before
  const isUndo = event.kind === 'undone' || event.kind === 'reversed'
  const severity = severityOfCause(cause)
  const weighs = isUndo && severityOf(event.severity) !== severity && event.severity !== 'critical'
  const after = weighs ? { ...before, event: { ...event, severity } } : before
  const edge = missedEdge(after, cause) ?? (before.edge?.outcome === 'missed' ? null : before.edge)
  return { ...after, cause, edge, ...(weighs ? { instead: { day: before.day, event } } : {}) }
}
