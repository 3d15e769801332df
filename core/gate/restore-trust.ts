import type { MemberId } from '../domain/ids.ts'
import { ledgeredJson } from '../domain/trust/ledger-trust.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { isFor } from '../domain/trust/standing.ts'
import { takeBackInBook } from '../domain/trust/take-back.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Context, Move } from './dependencies.ts'
import { tellPeople } from './tell-people.ts'
import { scenarioWords, scopeWords } from './trust-words.ts'

/**
 * An outside reason was stated within a day: the decision counts as if it had not been, and what it took comes back,
 * except where somebody set it since. The caller holds the control row for update. Later it changes nothing.
 */
export async function restoreTrust(
  ctx: Pick<Context, 'newId'>,
  tx: Move,
  by: MemberId,
  { action }: StoredAction,
): Promise<void> {
  const record = await tx.trust.recordOf(action.id)
  if (!record) return
  const { cell, agentId } = record
  const categories = [categoryOfScope(cell.scope)]
  const book = await tx.trust.open({ ...cell, agentId }, { windows: [], actionIds: [action.id], categories })
  const taken = takeBackInBook(book, record, action.id, tx.now.getTime())
  if (!taken) return
  await tx.trust.write(taken)
  await tx.appendEvent({
    subject: 'trust',
    subjectVersion: await tx.nextSubjectVersion('trust'),
    type: 'taken_back',
    body: { by, action: action.id, trust: ledgeredJson({ kind: 'taken_back', id: action.id, record }) },
  })
  const raised = taken.standings.filter((now) => book.standings.some((was) => isFor(was, now) && was.level < now.level))
  if (raised.length === 0) return
  await tellPeople(ctx, tx, 'restored', action.id, {
    title: `${scopeWords(cell.scope)}: restored`,
    lines: [
      `The reason for ${scenarioWords(cell.scenario)} lay outside the agent's work, so what was taken for it is given back.`,
    ],
    key: { scope: cell.scope, scenario: cell.scenario, agentId },
  })
}
