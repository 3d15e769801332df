import type { CallbackEndpointId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { CallbackDeliveryRow, CallbackEndpointRow, Replayed } from '../ports/callbacks.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer, Page } from './gate.ts'
import type { Window } from './requests.ts'
import type { Refusal } from './refusal.ts'
import type { CallbackDeliveryView, CallbackEndpointView } from './views.ts'

const NOT_FOUND: Refusal = { kind: 'not_found', what: 'the callback address' }
const NOT_PERMITTED: Refusal = {
  kind: 'not_permitted',
  why: 'Only the agent itself, admins and owners can replay or enable a callback address.',
}

/** Every address that was named, with how it fares; an agent sees its own. */
export async function listCallbacks(ctx: Context, actor: Actor): Answer<readonly CallbackEndpointView[]> {
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const rows = await tx.callbacks.listEndpoints(actor.kind === 'agent' ? actor.id : null)
    return ok(await endpointViews(tx, rows))
  })
}

/** What was, is and was not sent to an address in the last 30 days; newest first. */
export async function listCallbackDeliveries(
  ctx: Context,
  actor: Actor,
  id: CallbackEndpointId,
  window: Window,
): Answer<Page<CallbackDeliveryView>> {
  return await transact<Page<CallbackDeliveryView>, Refusal>(ctx, actor.workspaceId, async (tx) => {
    if (!(await visible(tx, actor, id))) return err(NOT_FOUND)
    const rows = await tx.callbacks.listDeliveries(id, {
      ...(window.cursor ? { before: window.cursor } : {}),
      limit: window.limit + 1,
    })
    const page = rows.slice(0, window.limit)
    const nextCursor = rows.length > window.limit ? (page.at(-1)?.id ?? null) : null
    return ok({ items: page.map(deliveryView), nextCursor })
  })
}

/** Sends again, with the same ids and the same bytes: what failed, everything, or one delivery. */
export async function replayCallbacks(
  ctx: Context,
  actor: Actor,
  id: CallbackEndpointId,
  which: Replayed,
): Answer<{ readonly replayed: number; readonly endpoint: CallbackEndpointView }> {
  return await transact<{ replayed: number; endpoint: CallbackEndpointView }, Refusal>(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const endpoint = await visible(tx, actor, id)
      if (!endpoint) return err(NOT_FOUND)
      if (!mayMend(actor)) return err(NOT_PERMITTED)
      if (endpoint.disabledAt !== null) {
        const says = 'This callback address is disabled. Enable it first, then replay.'
        return err({ kind: 'malformed', problems: [{ path: '', says }] })
      }
      const replayed = await tx.callbacks.replay(id, which)
      if (replayed === 0 && !('since' in which)) return err({ kind: 'not_found', what: 'this delivery' })
      await tx.appendEvent({
        subject: id,
        subjectVersion: await tx.nextSubjectVersion(id),
        type: 'callbacks_replayed',
        body: { by: actor.id, deliveries: which.deliveries, count: replayed },
      })
      return ok({ replayed, endpoint: await endpointView(tx, endpoint) })
    },
  )
}

/** Lets a disabled address be told again. What was held back stays so until somebody replays it. */
export async function enableCallback(ctx: Context, actor: Actor, id: CallbackEndpointId): Answer<CallbackEndpointView> {
  return await transact<CallbackEndpointView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const before = await visible(tx, actor, id)
    if (!before) return err(NOT_FOUND)
    if (!mayMend(actor)) return err(NOT_PERMITTED)
    if (before.disabledAt === null) return ok(await endpointView(tx, before))
    const change = { disabledAt: null, disabledWhy: null, failingSince: null, failures: 0, pausedUntil: null }
    await tx.callbacks.updateEndpoint(id, change)
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'callback_enabled',
      body: { by: actor.id },
    })
    return ok(await endpointView(tx, { ...before, ...change }))
  })
}

/** Null: there is none, or it belongs to another agent. Locks the row: whoever records an attempt waits. */
async function visible(tx: Transaction, actor: Actor, id: CallbackEndpointId): Promise<CallbackEndpointRow | null> {
  const row = await tx.callbacks.loadEndpoint(id)
  return row && (actor.kind === 'member' || row.proposerId === actor.id) ? row : null
}

const mayMend = (actor: Actor): boolean => actor.kind === 'agent' || mayDo(actor.role, 'manage_agents')

async function endpointView(tx: Transaction, row: CallbackEndpointRow): Promise<CallbackEndpointView> {
  const [view] = await endpointViews(tx, [row])
  if (!view) throw new Error(`No view of ${row.id}`)
  return view
}

async function endpointViews(
  tx: Transaction,
  rows: readonly CallbackEndpointRow[],
): Promise<readonly CallbackEndpointView[]> {
  const counts = await tx.callbacks.countDeliveries(rows.map(({ id }) => id))
  return rows.map((row) => {
    const count = (state: CallbackDeliveryRow['state']): number =>
      counts.find((one) => one.endpointId === row.id && one.state === state)?.count ?? 0
    return {
      id: row.id,
      proposerId: row.proposerId,
      url: row.url,
      state: row.disabledAt !== null ? 'disabled' : row.failingSince !== null ? 'failing' : 'live',
      failures: row.failures,
      failingSince: row.failingSince,
      lastSuccessAt: row.lastSuccessAt,
      disabledAt: row.disabledAt,
      disabledWhy: row.disabledWhy,
      waiting: count('waiting'),
      failed: count('failed'),
      notSent: count('not_sent'),
    }
  })
}

const deliveryView = (row: CallbackDeliveryRow): CallbackDeliveryView => ({
  id: row.id,
  actionId: row.actionId,
  version: row.version,
  type: row.type,
  state: row.state,
  attempts: row.attempts,
  lastStatus: row.lastStatus,
  lastFailure: row.lastFailure,
  nextTryAt: row.nextTryAt,
  createdAt: row.createdAt,
  deliveredAt: row.deliveredAt,
})
