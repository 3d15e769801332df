import { type AttemptFailure, disabledAfter, isOverloaded, nextWaitMs } from '../domain/callback-schedule.ts'
import type { CallbackDeliveryId, WorkspaceId } from '../domain/ids.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { CallbackDeliveryRow, CallbackEndpointRow, CallbackFailure } from '../ports/callbacks.ts'
import type { Transaction } from '../ports/transaction.ts'
import { signingSecrets } from './callback-secret.ts'
import { type Context, type Move, sha256, transact } from './dependencies.ts'
import { signCallback } from './sign-callback.ts'

type Failure = CallbackFailure | { readonly kind: 'unsigned' }
type Ready = {
  readonly delivery: CallbackDeliveryRow
  readonly secrets: readonly string[] | null
  readonly now: Date
}

/**
 * One attempt: read, send outside any transaction, record. A death between sending and recording leaves the delivery to
 * a later turn, with the same `webhook-id` and the same bytes.
 */
export async function sendCallback(ctx: Context, workspaceId: WorkspaceId, id: CallbackDeliveryId): Promise<void> {
  const ready = await transact<Ready | null, never>(ctx, workspaceId, async (tx) => ok(await readyToSend(ctx, tx, id)))
  if (!ready.ok || !ready.value) return
  const { delivery, secrets, now } = ready.value
  const sent: Result<{ readonly status: number }, Failure> = secrets
    ? await ctx.callbacks.post(delivery.url, signCallback(id, now, delivery.body, secrets), delivery.body)
    : err({ kind: 'unsigned' })
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    const found = await tx.callbacks.loadDelivery(id, true)
    // Somebody else recorded an attempt meanwhile, or it was replayed: this one counts for nothing.
    if (found?.delivery.state !== 'waiting' || found.delivery.attempts !== delivery.attempts) return ok(undefined)
    if (sent.ok) await recordSuccess(tx, found, sent.value.status)
    else await recordFailure(tx, found, sent.error)
    return ok(undefined)
  })
}

/** Null: nothing is to be sent (any more). */
async function readyToSend(ctx: Context, tx: Transaction, id: CallbackDeliveryId): Promise<Ready | null> {
  const found = await tx.callbacks.loadDelivery(id, true)
  if (found?.delivery.state !== 'waiting') return null
  const { delivery, endpoint } = found
  if (endpoint.disabledAt !== null) {
    await tx.callbacks.updateDelivery(id, { state: 'not_sent', nextTryAt: null })
    return null
  }
  const stored = await tx.loadAction(delivery.actionId)
  if (!delivery.replayed && stored?.state.version !== delivery.version) {
    await tx.callbacks.updateDelivery(id, { state: 'overtaken', nextTryAt: null })
    return null
  }
  return { delivery, secrets: await signingSecrets(ctx, tx, endpoint.proposerId), now: tx.now }
}

type Found = { readonly endpoint: CallbackEndpointRow; readonly delivery: CallbackDeliveryRow }

async function recordSuccess(tx: Transaction, { endpoint, delivery }: Found, status: number): Promise<void> {
  await tx.callbacks.updateDelivery(delivery.id, {
    state: 'delivered',
    attempts: delivery.attempts + 1,
    lastStatus: status,
    lastFailure: null,
    nextTryAt: null,
    deliveredAt: tx.now,
  })
  await tx.callbacks.updateEndpoint(endpoint.id, {
    lastSuccessAt: tx.now,
    failingSince: null,
    failures: 0,
    pausedUntil: null,
  })
}

async function recordFailure(tx: Move, { endpoint, delivery }: Found, error: Failure): Promise<void> {
  const failure: AttemptFailure = error
  const attempts = delivery.attempts + 1
  const askedMs = error.kind === 'status' ? error.retryAfterMs : null
  const waitMs = error.kind === 'forbidden' ? null : nextWaitMs(attempts, jitterOf(delivery.id, attempts), askedMs)
  const nextTryAt = waitMs === null ? null : new Date(tx.now.getTime() + waitMs)
  await tx.callbacks.updateDelivery(delivery.id, {
    state: nextTryAt === null ? 'failed' : 'waiting',
    attempts,
    lastStatus: error.kind === 'status' ? error.status : null,
    lastFailure: error.kind,
    nextTryAt,
  })
  const failingSince = endpoint.failingSince ?? tx.now
  await tx.callbacks.updateEndpoint(endpoint.id, {
    failingSince,
    failures: endpoint.failures + 1,
    ...(isOverloaded(failure) ? { pausedUntil: nextTryAt } : {}),
  })
  const why = endpoint.disabledAt === null ? disabledAfter(failure, failingSince, tx.now) : null
  if (why === null) return
  await tx.callbacks.updateEndpoint(endpoint.id, { disabledAt: tx.now, disabledWhy: why })
  const held = await tx.callbacks.holdBack(endpoint.id)
  await tx.appendEvent({
    subject: endpoint.id,
    subjectVersion: await tx.nextSubjectVersion(endpoint.id),
    type: 'callback_disabled',
    body: { why, failures: endpoint.failures + 1, held_back: held },
  })
  await tx.enqueue({ queue: 'callback_notice', workspaceId: tx.workspaceId, subject: endpoint.id })
}

/** 0 up to 1, the same for the same attempt. */
const jitterOf = (id: string, attempts: number): number =>
  Number.parseInt(sha256(`${id}:${attempts}`).slice(0, 8), 16) / 0x1_0000_0000
