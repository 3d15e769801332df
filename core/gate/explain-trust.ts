import type { Cause } from '../domain/decision.ts'
import type { MemberId } from '../domain/ids.ts'
import { ledgeredJson } from '../domain/trust/ledger-trust.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { explainInBook } from '../domain/trust/take-back.ts'
import type { StoredAction } from '../ports/rows.ts'
import { missedEdge } from './count-decision.ts'
import type { Move } from './dependencies.ts'

/**
 * What was wrong was said within a day after an undo was counted: it counts as if it had been known then. Score and
 * levels stay; its reason and whether it should have asked are evidence. The caller holds the control row for update.
 */
export async function explainTrust(tx: Move, by: MemberId, { action }: StoredAction, cause: Cause): Promise<void> {
  const counted = await tx.trust.recordOf(action.id)
  if (!counted) return
  const { cell, agentId } = counted
  const edge = missedEdge(counted, cause) ?? counted.edge
  const record = { ...counted, cause, edge }
  const categories = [categoryOfScope(cell.scope)]
  const book = await tx.trust.open({ ...cell, agentId }, { windows: [], actionIds: [action.id], categories })
  const explained = explainInBook(book, record, action.id, tx.now.getTime())
  if (!explained) return
  await tx.trust.write(explained)
  await tx.appendEvent({
    subject: 'trust',
    subjectVersion: await tx.nextSubjectVersion('trust'),
    type: 'explained',
    body: { by, action: action.id, trust: ledgeredJson({ kind: 'explained', id: action.id, record }) },
  })
}
