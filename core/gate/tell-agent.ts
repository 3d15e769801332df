import { createHmac } from 'node:crypto'
import type { ActionId, AgentId, MemberId, WorkspaceId } from '../domain/ids.ts'
import { ok, type Result } from '../domain/result.ts'
import type { CallbackFailure } from '../ports/callbacks.ts'
import type { Secrets } from '../ports/secrets.ts'
import type { Context } from './dependencies.ts'
import { describeAction } from './describe-action.ts'
import type { ActionView } from './views.ts'

/** The signing secret of an agent's callbacks, in the spelling of the Standard Webhooks convention. */
export const callbackSecret = (secrets: Secrets, agent: AgentId | MemberId): string =>
  `whsec_${secrets.derive(`callback:${agent}`)}`

/**
 * Tells the callback address of an action how it stands, signed by the Standard Webhooks convention (`webhook-id`,
 * `webhook-timestamp`, `webhook-signature: v1,<base64 HMAC-SHA256 of id.timestamp.body>`). When the action has moved on
 * since, nothing is sent: the newer version has a job of its own.
 */
export async function tellAgent(
  ctx: Context,
  workspaceId: WorkspaceId,
  id: ActionId,
  version: number,
): Promise<Result<void, CallbackFailure>> {
  const told = await ctx.store.read(workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    if (!stored?.action.callbackUrl || stored.state.version !== version) return null
    const { callbackUrl, proposerId } = stored.action
    return { url: callbackUrl, proposerId, now: tx.now, view: await describeAction(ctx, tx, stored) }
  })
  if (!told) return ok(undefined)
  const body = JSON.stringify({
    type: `action.${told.view.state}`,
    timestamp: told.now.toISOString(),
    data: eventData(told.view),
  })
  const messageId = `${id}.${version}`
  const timestamp = String(Math.floor(told.now.getTime() / 1000))
  const key = Buffer.from(callbackSecret(ctx.secrets, told.proposerId).slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': messageId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  return await ctx.callbacks.post(told.url, headers, body)
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
