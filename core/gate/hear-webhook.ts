import type { ConnectionId } from '../domain/ids.ts'
import { platformWords } from '../domain/platform-words.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { StoredConnection, Workspace } from '../ports/rows.ts'
import type { WebhookFault, WebhookMessage, WebhookNews } from '../ports/webhooks.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { type Heard, identifying } from './know-people.ts'
import { saidOn } from './read-recipients.ts'
import type { Refusal } from './refusal.ts'
import { takeUpRecords, takeUpTold } from './take-up-told.ts'
import { readWebhookKey, type WebhookAddress } from './webhook-key.ts'

/** Where a platform's message arrived, and what it says; null: it only looks whether somebody is there. */
export type WebhookCall = {
  readonly platform: string
  readonly connectionId: ConnectionId
  readonly key: string
  readonly message: WebhookMessage | null
}

/** `unread`: something could not be read just now, our own credentials or what the platform has; to be told again. */
export type HeardWebhook = Heard & { readonly unread: boolean }

const NOTHING: HeardWebhook = { people: 0, recorded: 0, merged: 0, unread: false }
const UNREAD: HeardWebhook = { ...NOTHING, unread: true }

/** Of its own, so that a flood of messages does not hold up what is to be carried out. */
const READ_BACK_RATE = { intervalMs: 250, burst: 5 }

/**
 * Takes up what a platform tells by itself of people. The same twice, or in another order, is the same: what somebody
 * said last by its own time counts. Whoever has the address could tell anything: what makes less possible counts at once, and
 * what lets somebody be reached only as the platform itself has it, with its time. Who cannot be told apart is left out.
 *
 * An address that is not ours, or was taken back, is not known: whoever tries it learns nothing, and what the platform
 * tells there it tries again, perhaps at the new one.
 */
export async function hearWebhook(ctx: Context, call: WebhookCall): Answer<HeardWebhook> {
  const { platform, connectionId, message } = call
  const unknown = err<Refusal>({ kind: 'not_found', what: 'this address' })
  const address = readWebhookKey(ctx, connectionId, call.key)
  if (address === null || !ctx.webhooks.platforms.includes(platform)) return unknown
  type First = { readonly heard: HeardWebhook; readonly read: ReadBack | null }
  const first = await transact<First, Refusal>(ctx, address.workspaceId, async (tx) => {
    const connection = await tx.connectionWithCredentials(connectionId)
    if (connection?.platform !== platform || !isOf(address, connection)) return unknown
    if (message === null) return ok({ heard: NOTHING, read: null })
    const credentials = ctx.secrets.open(connection.credentials, connectionId)
    if (credentials === null) return ok({ heard: UNREAD, read: null })
    const news = ctx.webhooks.read(platform, message, credentials, tx.now)
    if (!news.ok) {
      const { error } = news
      return error.kind === 'unverifiable' ? ok({ heard: UNREAD, read: null }) : err(refusalOf(platform, error))
    }
    const { workspace } = await tx.snapshot()
    const heard = await takeUpTold(ctx, tx, news.value.told, { platform, connectionId, workspace })
    const ask = news.value.readBack
    if (ask === null) return ok({ heard: { ...heard, unread: false }, read: null })
    const waitMs = await tx.takeToken(`webhook:${connectionId}`, READ_BACK_RATE)
    if (waitMs !== null) return ok({ heard: { ...heard, unread: true }, read: null })
    const session = ctx.platforms.open(connection, credentials)
    return ok({ heard: { ...heard, unread: false }, read: { address, workspace, run: () => ask(session) } })
  })
  if (!first.ok || first.value.read === null) return first.ok ? ok(first.value.heard) : first
  return await readBack(ctx, call, first.value.heard, first.value.read)
}

/** Whether it was not taken back since. */
const isOf = ({ generation }: WebhookAddress, connection: StoredConnection): boolean =>
  connection.webhookGeneration === generation

type ReadBack = {
  readonly address: WebhookAddress
  readonly workspace: Workspace
  readonly run: () => ReturnType<NonNullable<WebhookNews['readBack']>>
}

/**
 * What cannot be read, or was told at an address that was taken back while it was read, counts nothing; the next look at
 * recipients reads the platform anyway.
 */
async function readBack(
  ctx: Context,
  { platform, connectionId }: WebhookCall,
  before: HeardWebhook,
  { address, workspace, run }: ReadBack,
): Promise<Result<HeardWebhook, Refusal>> {
  const read = await run()
  if (!read.ok) return ok({ ...before, unread: isPassing(read.error) })
  const identify = identifying(ctx, workspace)
  const heard = await transact<Heard | null, never>(ctx, workspace.id, async (tx) => {
    const connection = await tx.connectionWithCredentials(connectionId)
    if (connection === null || !isOf(address, connection)) return ok(null)
    const records = read.value.map((recipient) => ({
      identified: identify(recipient.identifiers),
      said: saidOn(recipient, 'email', platformWords(platform), tx.now),
    }))
    return ok(await takeUpRecords(ctx, tx, records, { platform, connectionId, workspace }))
  })
  if (!heard.ok) return heard
  if (heard.value === null) return ok({ ...before, unread: true })
  const { people, recorded, merged } = heard.value
  return ok({
    people: Math.max(people, before.people),
    recorded: recorded + before.recorded,
    merged: merged + before.merged,
    unread: false,
  })
}

const isPassing = ({ kind }: PlatformError): boolean => kind === 'rate_limited' || kind === 'unavailable'

function refusalOf(platform: string, fault: Exclude<WebhookFault, { kind: 'unverifiable' }>): Refusal {
  if (fault.kind === 'unreadable') return { kind: 'malformed', problems: [{ path: '', says: fault.says }] }
  const why = `This was not signed by ${platformWords(platform)} in the last five minutes with the secret of this connection.`
  return { kind: 'not_permitted', why }
}
