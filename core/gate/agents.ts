import { type Hands, handsOf } from '../domain/hands.ts'
import type { AgentId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { AgentRow, KeyScope } from '../ports/member-rows.ts'
import { giveCallbackSecret, signingSecrets } from './callback-secret.ts'
import { type Context, transact } from './dependencies.ts'
import type { AgentKey, Answer } from './gate.ts'
import { makeKey } from './keys.ts'
import type { Refusal } from './refusal.ts'
import type { AgentView } from './views.ts'

const agentView = ({ id, name, keyPrefix, createdAt, disabledAt, ...scope }: AgentRow): AgentView => ({
  id,
  name,
  kinds: scope.kinds,
  channels: scope.channels,
  maxAmountMinor: scope.maxAmountMinor,
  ratePerHour: scope.ratePerHour,
  keyPrefix,
  createdAt,
  disabledAt,
})

const NOT_FOUND: Refusal = { kind: 'not_found', what: 'the agent' }

function mayManage(actor: Actor): Result<Extract<Actor, { kind: 'member' }>, Refusal> {
  if (actor.kind === 'member' && mayDo(actor.role, 'manage_agents')) return ok(actor)
  return err({ kind: 'not_permitted', why: 'Only admins and owners can manage agents.' })
}

/** A new agent with a key scoped to kinds, channels, an amount and a rate (none named: all); the key is shown once. */
export async function createAgent(
  ctx: Context,
  actor: Actor,
  { name, ...given }: { readonly name: string } & Partial<KeyScope>,
): Answer<AgentKey> {
  const may = mayManage(actor)
  if (!may.ok) return may
  const unknown = unknownKind(ctx, given)
  if (unknown) return err(unknown)
  const { key, hash, prefix } = makeKey('agent', actor.workspaceId, ctx.newSecret())
  return await transact(ctx, actor.workspaceId, async (tx) => {
    const { members } = await tx.snapshot()
    const [createdBy, ...keyHands] = handsOf(members, may.value, tx.now)
    const row: AgentRow = {
      id: ctx.newId('agt'),
      workspaceId: actor.workspaceId,
      name,
      ...EVERYTHING,
      ...given,
      keyPrefix: prefix,
      createdBy,
      keyHands,
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
      body: { kinds: [...row.kinds], ...scopeJson(given), by: actor.id },
    })
    return ok({ agent: agentView(row), key, callbackSecret: await giveCallbackSecret(ctx, tx, row.id) })
  })
}

const EVERYTHING: KeyScope = { kinds: [], channels: [], maxAmountMinor: null, ratePerHour: null }

function unknownKind(ctx: Context, { kinds = [] }: Partial<KeyScope>): Refusal | null {
  const unknown = kinds.find((id) => !ctx.kinds.get(id))
  return unknown === undefined
    ? null
    : { kind: 'unknown_kind', action: unknown, known: ctx.kinds.all.map(({ id }) => id) }
}

/** For the ledger, in the words of the API. */
const scopeJson = ({ kinds, channels, maxAmountMinor, ratePerHour }: Partial<KeyScope>) => ({
  ...(kinds ? { kinds: [...kinds] } : {}),
  ...(channels ? { channels: [...channels] } : {}),
  ...(maxAmountMinor === undefined ? {} : { max_amount_minor: maxAmountMinor }),
  ...(ratePerHour === undefined ? {} : { per_hour: ratePerHour }),
})

/** What an agent's key is good for, from now on: kinds, channels, an amount, a rate. */
export async function changeAgent(
  ctx: Context,
  actor: Actor,
  id: AgentId,
  change: Partial<KeyScope>,
): Answer<AgentView> {
  const may = mayManage(actor)
  if (!may.ok) return may
  const unknown = unknownKind(ctx, change)
  if (unknown) return err(unknown)
  if (Object.keys(change).length === 0)
    return err({ kind: 'malformed', problems: [{ path: '', says: 'Name what its key is good for.' }] })
  return await transact(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const row = await tx.updateAgent(id, change)
    if (!row) return err(NOT_FOUND)
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'agent_changed',
      body: { by: actor.id, ...scopeJson(change) },
    })
    return ok(agentView(row))
  })
}

/** A new key for an agent; the old one stops working with the commit. */
export async function rotateAgentKey(ctx: Context, actor: Actor, id: AgentId): Answer<AgentKey> {
  const may = mayManage(actor)
  if (!may.ok) return may
  const member = may.value
  const { key, hash, prefix } = makeKey('agent', actor.workspaceId, ctx.newSecret())
  return await transact(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { members, agents } = await tx.snapshot()
    const former = agents.find((one) => one.id === id)
    // What came from the former key waits still: it is in the hands of whoever made that one.
    const hands: Hands = [
      ...handsOf(members, member, tx.now),
      ...(former?.createdBy ? [former.createdBy] : []),
      ...(former?.keyHands ?? []),
    ]
    const row = await tx.setAgentKey(id, hash, prefix, hands)
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
