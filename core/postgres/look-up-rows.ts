import { and, eq, gt, lte } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import type { LookUps } from '../ports/look-ups.ts'
import { type Drizzle, queryOf } from './database.ts'
import { names, patternsOf } from './names-of-person.ts'
import { judgements, rejectedPayloads, sentTexts } from './schema/index.ts'

const MS_PER_DAY = 86_400_000
const JUDGEMENTS_KEPT_DAYS = 30

const REJECTED = `select by_name, at, why from rejected_payloads
  where workspace_id = $1 and digest = any ($2::text[]) and at > $3::timestamptz order by at desc limit 1`
const FORGET_REASONS = `update rejected_payloads set why = null where workspace_id = $1 and ${names('why')}`
// Kept by the claim, so that of two at once the second sees the first; what did not go out in the end does not count.
const WENT = `sent_texts t join action_states s on s.action_id = t.action_id
  where t.workspace_id = $1 and s.state in ('executing', 'unknown', 'executed', 'undoing', 'undone', 'settled')`
const SENT = `select max(t.at) as at from ${WENT} and t.audience = $2 and t.text = $3 and t.at > $4::timestamptz`
const REACHED = `select exists (select from ${WENT} and t.audience = $2) as known,
  exists (select from ${WENT} and t.channel = $3) as channel_known`

/** What guardrails ask of a workspace's own records. */
export function lookUpRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): LookUps {
  const query = queryOf(tx)
  const since = (days: number): string => new Date(now.getTime() - days * MS_PER_DAY).toISOString()
  const oldest = new Date(now.getTime() - JUDGEMENTS_KEPT_DAYS * MS_PER_DAY)
  const rows: LookUps = {
    async hasNoRejection(digests, days) {
      return (await rows.rejectionOf(digests, days)) === null
    },
    async rejectionOf(digests, days) {
      const [row] = await query<{ by_name: string; at: Date | string; why: string | null }>(REJECTED, [
        workspaceId,
        digests,
        since(days),
      ])
      return row ? { by: row.by_name, at: new Date(row.at), why: row.why } : null
    },
    async keepRejection(digest, actionId, { by, at, why }) {
      const row = { workspaceId, digest, actionId, byName: by, at, why }
      const target = [rejectedPayloads.workspaceId, rejectedPayloads.digest]
      await tx.insert(rejectedPayloads).values(row).onConflictDoUpdate({ target, set: row })
    },
    async forgetRejection(actionId) {
      const gone = await tx
        .delete(rejectedPayloads)
        .where(eq(rejectedPayloads.actionId, actionId))
        .returning({ digest: rejectedPayloads.digest })
      return gone.length > 0
    },
    async forgetReasonsWith(texts) {
      if (texts.length === 0) return
      await query(FORGET_REASONS, [workspaceId, ...patternsOf(texts)])
    },
    async sentBefore(text, audience, days) {
      const [row] = await query<{ at: Date | string | null }>(SENT, [workspaceId, audience, text, since(days)])
      return row?.at ? { at: new Date(row.at) } : null
    },
    async reachedBefore(audience, channel) {
      const [row] = await query<{ known: boolean; channel_known: boolean }>(REACHED, [workspaceId, audience, channel])
      return { known: row?.known === true, channelKnown: row?.channel_known === true }
    },
    async keepSent(row) {
      await tx
        .insert(sentTexts)
        .values({ ...row, workspaceId })
        .onConflictDoNothing()
    },
    async judgementOf(digest) {
      const its = and(eq(judgements.workspaceId, workspaceId), eq(judgements.digest, digest))
      const [row] = await tx
        .select({ fits: judgements.fits, says: judgements.says })
        .from(judgements)
        .where(and(its, gt(judgements.at, oldest)))
      return row ?? null
    },
    async keepJudgement(digest, { fits, says }) {
      await tx.delete(judgements).where(and(eq(judgements.workspaceId, workspaceId), lte(judgements.at, oldest)))
      // Of two that asked at once the first answer stands: what was told once is told again.
      await tx.insert(judgements).values({ workspaceId, digest, fits, says, at: now }).onConflictDoNothing()
    },
  }
  return rows
}
