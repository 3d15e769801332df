import type { ConnectionId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { isOfSettings } from '../domain/settings-connection.ts'
import type { StoredConnection } from '../ports/rows.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer, ConnectionView } from './gate.ts'
import type { Refusal } from './refusal.ts'
import { webhookKey } from './webhook-key.ts'

export type NewConnection = { readonly platform: string; readonly name: string; readonly credentials: string }

/** Connects a platform; the credentials are sealed before they are written. */
export async function addConnection(ctx: Context, actor: Actor, connection: NewConnection): Answer<ConnectionView> {
  if (!mayManage(actor)) return err(NOT_PERMITTED)
  const platforms = [...new Set(ctx.kinds.all.map(({ platform }) => platform))]
  if (!platforms.includes(connection.platform)) {
    return err({
      kind: 'malformed',
      problems: [{ path: 'platform', says: `Unknown platform; known: ${platforms.join(', ')}.` }],
    })
  }
  const id = ctx.newId('con')
  const credentials = ctx.secrets.seal(connection.credentials, id)
  return await transact(ctx, actor.workspaceId, async (tx) => {
    const row = {
      id,
      workspaceId: actor.workspaceId,
      platform: connection.platform,
      name: connection.name,
      state: 'live' as const,
      sandbox: false,
      webhookGeneration: 0,
      credentials,
    }
    if (!(await tx.insertConnection(row))) {
      return err<Refusal>({
        kind: 'malformed',
        problems: [{ path: 'name', says: 'A connection with this name exists already.' }],
      })
    }
    await tx.appendEvent({
      subject: id,
      subjectVersion: 1,
      type: 'connection_added',
      body: { platform: row.platform, by: actor.id },
    })
    return ok(connectionView(ctx, actor, row))
  })
}

/**
 * New credentials for a connection whose old ones are lost or have to go: it is live again with the commit. What came
 * back to a person meanwhile stays with them. Whoever knew the old ones may know the address of its webhooks too: that is
 * a new one from then on.
 */
export async function replaceCredentials(
  ctx: Context,
  actor: Actor,
  id: ConnectionId,
  credentials: string,
): Answer<ConnectionView> {
  if (!mayManage(actor)) return err(NOT_PERMITTED)
  const sealed = ctx.secrets.seal(credentials, id)
  return await transact<ConnectionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const before = await tx.connectionWithCredentials(id)
    if (before !== null && isOfSettings(id)) return err(fromSettings(before.platform))
    const row = await tx.updateCredentials(id, sealed)
    if (!row) return err({ kind: 'not_found', what: 'the connection' })
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'connection_mended',
      body: { platform: row.platform, by: actor.id },
    })
    return ok(connectionView(ctx, actor, row))
  })
}

/** A new address for its webhooks; what comes to those before counts nothing from the commit on. */
export async function renewWebhookUrl(ctx: Context, actor: Actor, id: ConnectionId): Answer<ConnectionView> {
  if (!mayManage(actor)) return err(NOT_PERMITTED)
  return await transact<ConnectionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const row = await tx.renewWebhook(id)
    if (!row || !ctx.webhooks.platforms.includes(row.platform))
      return err({ kind: 'not_found', what: 'a connection that tells something by itself' })
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'webhook_url_renewed',
      body: { platform: row.platform, by: actor.id },
    })
    return ok(connectionView(ctx, actor, row))
  })
}

/** What would be set here, a secret to sign with among it, would be gone after the next start. */
const fromSettings = (platform: string): Refusal => ({
  kind: 'not_permitted',
  why: `It comes from the settings ${platform.toUpperCase()}_…, which every start takes up: change those, and restart.`,
})

const NOT_PERMITTED: Refusal = { kind: 'not_permitted', why: 'Only admins and owners can connect platforms.' }

function connectionView(ctx: Context, actor: Actor, row: StoredConnection): ConnectionView {
  const { id, platform, name, state, sandbox, workspaceId, webhookGeneration: generation } = row
  const isHeard = mayManage(actor) && ctx.webhooks.platforms.includes(platform)
  const key = isHeard ? webhookKey(ctx, { workspaceId, generation }, id) : null
  return { id, platform, name, state, sandbox, webhookKey: key }
}

const mayManage = (actor: Actor): boolean => actor.kind === 'member' && mayDo(actor.role, 'manage_connections')

export async function listConnections(ctx: Context, actor: Actor): Answer<readonly ConnectionView[]> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see the connections.' })
  const rows = await ctx.store.read(actor.workspaceId, (tx) => tx.listConnections())
  return ok(rows.map((row) => connectionView(ctx, actor, row)))
}
