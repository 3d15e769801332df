import { and, eq, sql } from 'drizzle-orm'
import type { ActionId, PlanId, WorkspaceId } from '../domain/ids.ts'
import type { MessageKey, Messages } from '../ports/approvals.ts'
import { type Drizzle, rowsOf } from './database.ts'
import { messages } from './schema/index.ts'
import { asRole, type TimeOf } from './transaction.ts'

/** A claim that was not filled for so long belongs to a process that died. */
const CLAIM_SECONDS = 60

export function createMessages(drizzle: Pick<Drizzle, 'transaction'>, timeOf: TimeOf): Messages {
  const within = <T>(workspaceId: WorkspaceId, work: (tx: Drizzle, now: Date) => Promise<T>): Promise<T> =>
    asRole(drizzle, 'tenure_app', workspaceId, timeOf, work)
  const its = (key: MessageKey) =>
    and(eq(messages.workspaceId, key.workspaceId), eq(messages.subject, key.subject), eq(messages.slot, key.slot))

  return {
    claim: (key) =>
      within(key.workspaceId, async (tx, now) => {
        const at = now.toISOString()
        const claimed = rowsOf<object>(
          await tx.execute(sql`
            insert into messages as m (workspace_id, subject, slot, claimed_at)
            values (${key.workspaceId}, ${key.subject}, ${key.slot}, ${at}::timestamptz)
            on conflict (workspace_id, subject, slot) do update set claimed_at = excluded.claimed_at
              where m.ts is null and m.claimed_at < ${at}::timestamptz - make_interval(secs => ${CLAIM_SECONDS})
            returning 1`),
        )
        if (claimed.length === 1) return { kind: 'claimed' }
        const row = (await tx.select().from(messages).where(its(key)))[0]
        if (!row?.ts || !row.channel) return { kind: 'busy' }
        return { kind: 'sent', message: { channel: row.channel, ts: row.ts, digest: row.digest ?? '' } }
      }),

    filled: (key, message) =>
      within(key.workspaceId, async (tx) => {
        await tx.update(messages).set(message).where(its(key))
      }),

    released: (key) =>
      within(key.workspaceId, async (tx) => {
        await tx.delete(messages).where(and(its(key), sql`ts is null`))
      }),

    subjectOf: (workspaceId, channel, ts) =>
      within(workspaceId, async (tx) => {
        const rows = await tx
          .select()
          .from(messages)
          .where(and(eq(messages.workspaceId, workspaceId), eq(messages.channel, channel), eq(messages.ts, ts)))
        const row = rows[0]
        // safe: ids of ours, written by `claim`
        return row ? { workspaceId, subject: row.subject as ActionId | PlanId, slot: row.slot } : null
      }),
  }
}

/** Whether an inbound signature is new; it is remembered, and what is older than the replay window is forgotten. */
export function createSeenRequests(
  drizzle: Pick<Drizzle, 'transaction'>,
  timeOf: TimeOf,
): (signature: string) => Promise<boolean> {
  return (signature) =>
    asRole(drizzle, 'tenure_system', '', timeOf, async (tx, now) => {
      const at = now.toISOString()
      await tx.execute(sql`delete from seen_requests where seen_at < ${at}::timestamptz - interval '15 minutes'`)
      const fresh = rowsOf<object>(
        await tx.execute(sql`
          insert into seen_requests (signature, seen_at) values (${signature}, ${at}::timestamptz)
          on conflict do nothing returning 1`),
      )
      return fresh.length === 1
    })
}
