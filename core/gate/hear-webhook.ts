import type { ConnectionId } from '../domain/ids.ts'
import { err, ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { type Heard, identifying, knowPeople } from './know-people.ts'
import { tellLedger } from './record-consents.ts'
import type { Refusal } from './refusal.ts'
import { readWebhookKey } from './webhook-key.ts'

/** Where a platform's message arrived, and what it says; null: it only looks whether somebody is there. */
export type WebhookCall = {
  readonly platform: string
  readonly connectionId: ConnectionId
  readonly key: string
  readonly body: string | null
}

const NOBODY: Heard = { people: 0, recorded: 0, merged: 0 }

/**
 * Takes up what a platform tells by itself of people. The same twice, or in another order, is the same: what somebody
 * said last by its own time counts. Who cannot be told apart is left out. An address that is not ours, or was taken back, is
 * not known: whoever tries it learns nothing, and what the platform tells there it tries again, perhaps at the new one.
 */
export async function hearWebhook(ctx: Context, call: WebhookCall): Answer<Heard> {
  const { platform, connectionId, body } = call
  const unknown = err<Refusal>({ kind: 'not_found', what: 'this address' })
  const address = readWebhookKey(ctx, connectionId, call.key)
  if (address === null || !ctx.webhooks.platforms.includes(platform)) return unknown
  return await transact<Heard, Refusal>(ctx, address.workspaceId, async (tx) => {
    const connection = await tx.connectionWithCredentials(connectionId)
    if (connection?.platform !== platform || connection.webhookGeneration !== address.generation) return unknown
    const { workspace } = await tx.snapshot()
    if (body === null) return ok(NOBODY)
    const news = ctx.webhooks.read(platform, body)
    if (!news.ok) return err({ kind: 'malformed', problems: [{ path: '', says: news.error }] })
    const identify = identifying(ctx, workspace)
    const records = news.value
      .map(({ identifiers, said }) => ({ identified: identify(identifiers), said }))
      .filter(({ identified }) => identified.length > 0)
    if (records.length === 0) return ok(NOBODY)
    const heard = await knowPeople(ctx, tx, records, null)
    if (heard.recorded + heard.merged > 0)
      await tellLedger(ctx, tx, 'consents_heard', { by: connectionId, platform, ...heard })
    return ok(heard)
  })
}
