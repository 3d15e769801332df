import { and, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { AgentId, CallbackDeliveryId, CallbackEndpointId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type {
  CallbackDeliveryRow,
  CallbackEndpointRow,
  CallbackRows,
  CallbackSecretRow,
  DeliveryState,
  DueCallback,
  Replayed,
} from '../ports/callbacks.ts'
import { type Drizzle, rowsOf } from './database.ts'
import { callbackDeliveries, callbackEndpoints, callbackSecrets } from './schema/index.ts'

// safe, all three: columns written below from the same types
const asEndpoint = (row: object | undefined): CallbackEndpointRow | null => (row ?? null) as CallbackEndpointRow | null
const asDelivery = (row: object | undefined): CallbackDeliveryRow | null => (row ?? null) as CallbackDeliveryRow | null
const asSecret = (row: object | undefined): CallbackSecretRow | null => (row ?? null) as CallbackSecretRow | null

/** Endpoints, deliveries and signing secrets of one workspace. */
export function callbackRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): CallbackRows {
  const theEndpoint = (id: string) => and(eq(callbackEndpoints.workspaceId, workspaceId), eq(callbackEndpoints.id, id))
  const theDelivery = (id: string) =>
    and(eq(callbackDeliveries.workspaceId, workspaceId), eq(callbackDeliveries.id, id))
  const theSecret = (ownerId: string) =>
    and(eq(callbackSecrets.workspaceId, workspaceId), eq(callbackSecrets.ownerId, ownerId))
  const delivery = async (id: string) =>
    asDelivery((await tx.select().from(callbackDeliveries).where(theDelivery(id)))[0])

  return {
    async openEndpoint(id: CallbackEndpointId, proposerId: AgentId | MemberId, url: string) {
      await tx
        .insert(callbackEndpoints)
        .values({ id, workspaceId, proposerId, url, createdAt: now })
        .onConflictDoNothing()
      const which = and(
        eq(callbackEndpoints.workspaceId, workspaceId),
        eq(callbackEndpoints.proposerId, proposerId),
        eq(callbackEndpoints.url, url),
      )
      const row = asEndpoint((await tx.select().from(callbackEndpoints).where(which).for('update'))[0])
      if (!row) throw new Error('The endpoint that was just made is not there')
      return row
    },
    async insertDelivery(row) {
      const made = await tx
        .insert(callbackDeliveries)
        .values(row)
        .onConflictDoNothing()
        .returning({ id: callbackDeliveries.id })
      return made.length === 1
    },
    async loadDelivery(id, lock) {
      const before = await delivery(id)
      if (!before) return null
      const asked = tx.select().from(callbackEndpoints).where(theEndpoint(before.endpointId))
      const endpoint = asEndpoint((await (lock ? asked.for('update') : asked))[0])
      // Read again under the endpoint's lock, which whoever records an attempt holds.
      const row = lock ? await delivery(id) : before
      return endpoint && row ? { endpoint, delivery: row } : null
    },
    async loadEndpoint(id) {
      return asEndpoint((await tx.select().from(callbackEndpoints).where(theEndpoint(id)).for('update'))[0])
    },
    async listEndpoints(proposerId) {
      const rows = await tx
        .select()
        .from(callbackEndpoints)
        .where(
          and(
            eq(callbackEndpoints.workspaceId, workspaceId),
            proposerId === null ? undefined : eq(callbackEndpoints.proposerId, proposerId),
          ),
        )
        .orderBy(callbackEndpoints.id)
      return rows.map(asEndpoint).filter((row) => row !== null)
    },
    async countDeliveries(ids) {
      if (ids.length === 0) return []
      const { endpointId, state } = callbackDeliveries
      const rows = await tx
        .select({ endpointId, state, count: sql<number>`count(*)::int` })
        .from(callbackDeliveries)
        .where(and(eq(callbackDeliveries.workspaceId, workspaceId), inArray(endpointId, [...ids])))
        .groupBy(endpointId, state)
      // safe: written below
      return rows as { endpointId: CallbackEndpointId; state: DeliveryState; count: number }[]
    },
    async listDeliveries(id, { before, limit }) {
      const rows = await tx
        .select()
        .from(callbackDeliveries)
        .where(
          and(
            eq(callbackDeliveries.workspaceId, workspaceId),
            eq(callbackDeliveries.endpointId, id),
            before === undefined ? undefined : lt(callbackDeliveries.id, before),
          ),
        )
        .orderBy(sql`${callbackDeliveries.id} desc`)
        .limit(limit)
      return rows.map(asDelivery).filter((row) => row !== null)
    },
    async updateDelivery(id, change) {
      await tx.update(callbackDeliveries).set(change).where(theDelivery(id))
    },
    async updateEndpoint(id, change) {
      await tx.update(callbackEndpoints).set(change).where(theEndpoint(id))
    },
    async holdBack(id) {
      const held = await tx
        .update(callbackDeliveries)
        .set({ state: 'not_sent', nextTryAt: null })
        .where(
          and(
            eq(callbackDeliveries.workspaceId, workspaceId),
            eq(callbackDeliveries.endpointId, id),
            eq(callbackDeliveries.state, 'waiting'),
          ),
        )
        .returning({ id: callbackDeliveries.id })
      return held.length
    },
    async replay(id, which) {
      const again = await tx
        .update(callbackDeliveries)
        .set({ state: 'waiting', attempts: 0, replayed: true, nextTryAt: now })
        .where(
          and(eq(callbackDeliveries.workspaceId, workspaceId), eq(callbackDeliveries.endpointId, id), chosen(which)),
        )
        .returning({ id: callbackDeliveries.id })
      return again.length
    },
    async loadSecret(ownerId) {
      return asSecret((await tx.select().from(callbackSecrets).where(theSecret(ownerId)).for('update'))[0])
    },
    async insertSecret(ownerId, sealed) {
      const made = await tx
        .insert(callbackSecrets)
        .values({ ownerId, workspaceId, current: sealed })
        .onConflictDoNothing()
        .returning({ ownerId: callbackSecrets.ownerId })
      return made.length === 1
    },
    async updateSecret({ ownerId, ...row }) {
      await tx.update(callbackSecrets).set(row).where(theSecret(ownerId))
    },
  }
}

function chosen(which: Replayed) {
  if (!('since' in which)) return eq(callbackDeliveries.id, which.deliveries)
  return and(
    which.deliveries === 'failed' ? inArray(callbackDeliveries.state, ['failed', 'not_sent']) : undefined,
    which.since === null ? undefined : gte(callbackDeliveries.createdAt, which.since),
  )
}

/**
 * Takes deliveries whose turn it is, of endpoints that are neither disabled nor paused, and hides them for a while: a
 * process that dies in between leaves them to the next turn, with the same id.
 */
export async function takeDueCallbacks(
  tx: Drizzle,
  now: Date,
  limit: number,
  hideMs: number,
): Promise<readonly DueCallback[]> {
  const at = now.toISOString()
  const hidden = new Date(now.getTime() + hideMs).toISOString()
  const rows = rowsOf<{ id: string; workspace_id: string }>(
    await tx.execute(sql`
      with due as (
        select d.id from callback_deliveries d join callback_endpoints e on e.id = d.endpoint_id
        where d.next_try_at <= ${at}::timestamptz and d.state = 'waiting' and e.disabled_at is null
          and (e.paused_until is null or e.paused_until <= ${at}::timestamptz)
        order by d.next_try_at limit ${limit} for update of d skip locked)
      update callback_deliveries d set next_try_at = ${hidden}::timestamptz from due where d.id = due.id
      returning d.id, d.workspace_id`),
  )
  // safe: ids of ours
  return rows.map((row) => ({ workspaceId: row.workspace_id as WorkspaceId, id: row.id as CallbackDeliveryId }))
}

export async function forgetCallbacks(tx: Drizzle, before: Date): Promise<number> {
  const gone = await tx
    .delete(callbackDeliveries)
    .where(
      and(
        lt(callbackDeliveries.createdAt, before),
        or(isNull(callbackDeliveries.nextTryAt), lt(callbackDeliveries.nextTryAt, before)),
      ),
    )
    .returning({ id: callbackDeliveries.id })
  return gone.length
}
