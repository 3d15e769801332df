import type { AgentId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { AgentRow } from '../ports/rows.ts'
import { giveCallbackSecret, signingSecrets } from './callback-secret.ts'
import { type Context, transact } from './dependencies.ts'
import type { AgentKey, Answer } from './gate.ts'
import { makeKey } from './keys.ts'
import type { Refusal } from './refusal.ts'
import type { AgentView } from './views.ts'

const agentView = ({ id, name, kinds, keyPrefix, createdAt, disabledAt }: AgentRow): AgentView => ({
  id,
  name,
  kinds,
  keyPrefix,
  createdAt,
  disabledAt,
})

const NOT_FOUND: Refusal = { kind: 'not_found', what: 'the agent' }

function mayManage(actor: Actor): Result<void, Refusal> {
  if (actor.kind === 'member' && mayDo(actor.role, 'manage_agents')) return ok(undefined)
  return err({ kind: 'not_permitted', why: 'Only admins and owners can manage agents.' })
}

/** A new agent with a key scoped to some kinds (none named: all); the key is shown once. */
export async function createAgent(
  ctx: Context,
  actor: Actor,
  agent: { readonly name: string; readonly kinds: readonly string[] },
): Answer<AgentKey> {
  const may = mayManage(actor)
  if (!may.ok) return may
  const unknown = agent.kinds.find((id) => !ctx.kinds.get(id))
  if (unknown !== undefined)
    return err({ kind: 'unknown_kind', action: unknown, known: ctx.kinds.all.map(({ id }) => id) })
  const { key, hash, prefix } = makeKey('agent', actor.workspaceId, ctx.newSecret())
  return await transact(ctx, actor.workspaceId, async (tx) => {
    const row: AgentRow = {
      id: ctx.newId('agt'),
      workspaceId: actor.workspaceId,
      ...agent,
      keyPrefix: prefix,
      createdBy: actor.id,
      createdAt: tx.now,
      disabledAt: null,
    }
    if (!(await tx.insertAgent(row, hash))) {
      return err<Refusal>({
        kind: 'malformed',
        problems: [{ path: 'name', says: 'An agent with this name exists already.' }],
      })
    }
    await tx.appendEvent({
      subject: row.id,
      subjectVersion: 1,
      type: 'agent_created',
      body: { kinds: [...row.kinds], by: actor.id },
    })
    return ok({ agent: agentView(row), key, callbackSecret: await giveCallbackSecret(ctx, tx, row.id) })
  })
}

/** A new key for an agent; the old one stops working with the commit. */
export async function rotateAgentKey(ctx: Context, actor: Actor, id: AgentId): Answer<AgentKey> {
  const may = mayManage(actor)
  if (!may.ok) return may
  const { key, hash, prefix } = makeKey('agent', actor.workspaceId, ctx.newSecret())
  return await transact(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const row = await tx.setAgentKey(id, hash, prefix)
    if (!row) return err(NOT_FOUND)
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'agent_key_rotated',
      body: { by: actor.id },
    })
    const secrets = await signingSecrets(ctx, tx, row.id)
    return ok({ agent: agentView(row), key, callbackSecret: secrets?.[0] ?? null })
  })
}

/** Takes an agent's key away for good. */
export async function disableAgent(ctx: Context, actor: Actor, id: AgentId): Answer<AgentView> {
  const may = mayManage(actor)
  if (!may.ok) return may
  return await transact(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const row = await tx.disableAgent(id)
    if (!row) return err(NOT_FOUND)
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'agent_disabled',
      body: { by: actor.id },
    })
    return ok(agentView(row))
  })
}

export async function listAgents(ctx: Context, actor: Actor): Answer<readonly AgentView[]> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see the agents.' })
  const rows = await ctx.store.read(actor.workspaceId, (tx) => tx.listAgents())
  return ok(rows.map(agentView))
}
