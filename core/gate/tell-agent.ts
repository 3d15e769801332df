import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import type { ActionView } from './views.ts'

/**
 * Writes down that the callback address of an action is to be told how it stands; `send-callback.ts` sends it. When the
 * action has moved on since, nothing is written: the newer version has a job of its own. Twice is once.
 */
export async function tellAgent(ctx: Context, workspaceId: WorkspaceId, id: ActionId, version: number): Promise<void> {
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    if (!stored?.action.callbackUrl || stored.state.version !== version) return ok(undefined)
    const { callbackUrl, proposerId } = stored.action
    const view = await describeAction(ctx, tx, stored)
    const endpoint = await tx.callbacks.openEndpoint(ctx.newId('cbe'), proposerId, endpointUrl(callbackUrl))
    const type = `action.${view.state}`
    await tx.callbacks.insertDelivery({
      id: ctx.newId('msg'),
      workspaceId,
      endpointId: endpoint.id,
      actionId: id,
      version,
      type,
      url: callbackUrl,
      body: JSON.stringify({ type, timestamp: tx.now.toISOString(), data: eventData(view) }),
      state: endpoint.disabledAt === null ? 'waiting' : 'not_sent',
      attempts: 0,
      replayed: false,
      lastStatus: null,
      lastFailure: null,
      nextTryAt: endpoint.disabledAt === null ? tx.now : null,
      createdAt: tx.now,
      deliveredAt: null,
    })
    return ok(undefined)
  })
}

/** Origin and path: a query may differ with each action, and it is still the same address that fails or works. */
function endpointUrl(callbackUrl: string): string {
  const { origin, pathname } = new URL(callbackUrl)
  return `${origin}${pathname}`
}

/** What an agent needs to go on; the whole action is one request away. */
const eventData = (view: ActionView) => {
  const decision = view.decisions.at(-1)
  return {
    id: view.id,
    version: view.version,
    state: view.state,
    kind: view.kind.id,
    note: view.note,
    decision: decision
      ? {
          decision: decision.decision,
          by: decision.by.name,
          severity: decision.severity,
          reason: decision.reason,
          outside: decision.outside,
        }
      : null,
    reference: view.receipt?.reference ?? null,
  }
}
