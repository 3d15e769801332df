import type { Cause } from '../domain/decision.ts'
import type { MemberId } from '../domain/ids.ts'
import { severityOfCause } from '../domain/trust/cause-severity.ts'
import { ledgeredJson } from '../domain/trust/ledger-trust.ts'
import { severityOf } from '../domain/trust/rejection-severity.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { explainInBook } from '../domain/trust/take-back.ts'
import type { Counted } from '../domain/trust/trust-book.ts'
import type { TrustRecord } from '../domain/trust/trust-record.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { TrustChange } from '../ports/trust.ts'
import { missedEdge } from './count-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { tellDemotion } from './tell-demotion.ts'

/**
 * What was wrong was said within a day after an undo was counted: it counts as if it had been known then, with the
 * weight of that reason. The caller holds the control row for update. Later it changes nothing.
 */
export async function explainTrust(
  ctx: Pick<Context, 'newId'>,
  tx: Move,
  by: MemberId,
  { action }: StoredAction,
  cause: Cause,
): Promise<void> {
  const before = await tx.trust.recordOf(action.id)
  if (!before) return
  const { cell, agentId } = before
  const record = explained(before, cause)
  const categories = [categoryOfScope(cell.scope)]
  const book = await tx.trust.open({ ...cell, agentId }, { windows: [], actionIds: [action.id], categories })
  const changes: readonly TrustChange[] | null = explainInBook(book, record, action.id, tx.now.getTime())
  if (!changes) return
  for (const change of changes) await tx.trust.write(change)
  const counted = changes.find((change): change is Counted => 'demotion' in change)
  const wasDemoted = book.scopes.some(({ drops }) => drops.some(({ id }) => id === action.id))
  if (counted?.demotion && !wasDemoted)
    await tellDemotion(ctx, tx, { action, record, counted, demotion: counted.demotion })
  const subject = `explained:${action.id}`
  await tx.appendEvent({
    subject,
    subjectVersion: await tx.nextSubjectVersion(subject),
    type: 'explained',
    body: { by, action: action.id, trust: ledgeredJson({ kind: 'explained', id: action.id, record }) },
  })
}

/** The record as it would have been; `instead`, where it weighs otherwise, what it was counted as. */
function explained({ instead: _, ...before }: TrustRecord, cause: Cause): TrustRecord {
  const { event } = before
  const severity = severityOfCause(cause)
  const weighs = (event.kind === 'undone' || event.kind === 'reversed') && severityOf(event.severity) !== severity
  const after = weighs ? { ...before, event: { ...event, severity } } : before
  const edge = missedEdge(after, cause) ?? (before.edge?.outcome === 'missed' ? null : before.edge)
  return { ...after, cause, edge, ...(weighs ? { instead: { day: before.day, event } } : {}) }
}
