import type { MemberId } from '../domain/ids.ts'
import type { PromotionEnd, PromotionRow } from '../ports/promotions.ts'
import type { Move } from './dependencies.ts'
import { written } from './written.ts'

/** Ends an open proposal, with its ledger event and its card; false: it was not open any more. */
export async function endPromotion(
  tx: Move,
  row: PromotionRow,
  state: PromotionEnd['state'],
  byId: MemberId | null,
  reason: string | null = null,
): Promise<boolean> {
  if (!(await tx.promotions.end(row.id, { state, endedAt: tx.now, byId, reason }))) return false
  await tx.appendEvent({
    subject: row.id,
    subjectVersion: await tx.nextSubjectVersion(row.id),
    type: `promotion_${state}`,
    body: { by: byId ?? 'gate', to: row.toLevel },
    ...written(reason),
  })
  await tx.enqueue({ queue: 'trust_card', workspaceId: tx.workspaceId, subject: row.id })
  return true
}
