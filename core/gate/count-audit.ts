import type { MemberId } from '../domain/ids.ts'
import { LEVELS } from '../domain/ceiling.ts'
import { ledgeredJson } from '../domain/trust/ledger-trust.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import { countInBook } from '../domain/trust/trust-book.ts'
import { quantised, type TrustRecord } from '../domain/trust/trust-record.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { timeSignal } from '../domain/trust/decision-time.ts'
import type { NoticeRow } from '../ports/promotions.ts'
import { baselineOf } from './count-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { tellDemotion } from './tell-demotion.ts'

/**
 * Counts what a person said of an action that was drawn by lot, in place of the silence that it was counted as. What was
 * judged before is not judged again. The caller holds the control row for update. Sections 2 and 7.
 */
export async function countAudit(
  ctx: Pick<Context, 'kinds' | 'newId' | 'compiled'>,
  tx: Move,
  by: MemberId,
  notice: NoticeRow,
  answer: 'looks_good' | 'not_right',
): Promise<void> {
  const { actionId } = notice.body
  const [stored, before] = actionId
    ? await Promise.all([tx.loadAction(actionId), tx.trust.recordOf(actionId)])
    : [null, null]
  if (!stored || before?.event.kind !== 'unseen') return
  const { cell, agentId, wording, day } = before
  const locks = { windows: [], actionIds: [stored.action.id], categories: [categoryOfScope(cell.scope)] }
  const book = await tx.trust.open({ ...cell, agentId }, locks)
  const own = book.versions.find(({ agentVersion }) => agentVersion === cell.agentVersion)
  const { confidence } = timeSignal(0, { kind: 'unknown' })
  const record: TrustRecord = {
    cell,
    agentId,
    wording: own?.wording ?? wording,
    version: (own?.version ?? 0) + 1,
    day: dayOf(tx.now.getTime()),
    ranAtLevel: LEVELS.find((level) => level === before.ranAtLevel) ?? null,
    event: quantised(
      answer === 'looks_good' ? { kind: 'audit_confirmed', confidence } : { kind: 'rejected', severity: null },
    ),
    edge: null,
    ...(await baselineOf(ctx, tx, { ...cell, agentId })),
    wordingChanges: own?.wordingChanges ?? 0,
    instead: {
      day,
      event: before.event,
      ...(before.wordingChanges === undefined ? {} : { wordingChanges: before.wordingChanges }),
    },
  }
  const counted = countInBook(book, record, stored.action.id, tx.now.getTime())
  await tx.trust.write(counted)
  if (counted.demotion)
    await tellDemotion(ctx, tx, { action: stored.action, record, counted, demotion: counted.demotion })
  await tx.appendEvent({
    subject: 'trust',
    subjectVersion: await tx.nextSubjectVersion('trust'),
    type: 'audited',
    body: { by, action: stored.action.id, answer, trust: ledgeredJson({ kind: 'counted', record }) },
  })
}
