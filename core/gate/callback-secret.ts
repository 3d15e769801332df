import type { AgentId, MemberId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer, CallbackSecret } from './gate.ts'
import type { Refusal } from './refusal.ts'

type Owner = AgentId | MemberId

/** How long an old secret goes on signing beside the new one. */
const OVERLAP_MS = 24 * 3_600_000
const NOBODY: Refusal = { kind: 'not_found', what: 'the agent' }
const LOST: Refusal = { kind: 'check_failed', check: 'the signing secret cannot be opened with the keys of this gate' }

const sealedFor = (ownerId: Owner): string => `callback:${ownerId}`

/** A secret in the spelling of the convention: 32 random bytes. */
const makeSecret = (ctx: Context): string =>
  `whsec_${Buffer.from(ctx.newSecret(), 'base64url').subarray(0, 32).toString('base64')}`

/** Makes the secret of a proposer that is new. */
export async function giveCallbackSecret(ctx: Context, tx: Transaction, ownerId: Owner): Promise<string> {
  const secret = makeSecret(ctx)
  if (!(await tx.callbacks.insertSecret(ownerId, ctx.secrets.seal(secret, sealedFor(ownerId)))))
    throw new Error(`${ownerId} has a callback secret already`)
  return secret
}

/**
 * The secrets that sign now, the current one first. Whoever had a derived one before secrets were kept keeps it: it is
 * written down when it is first needed. Null: none can be opened.
 */
export async function signingSecrets(
  ctx: Context,
  tx: Transaction,
  ownerId: Owner,
): Promise<readonly [string, ...string[]] | null> {
  const derived = `whsec_${ctx.secrets.derive(sealedFor(ownerId))}`
  const row = await tx.callbacks.loadSecret(ownerId)
  if (!row) {
    await tx.callbacks.insertSecret(ownerId, ctx.secrets.seal(derived, sealedFor(ownerId)))
    return [derived]
  }
  const current = ctx.secrets.open(row.current, sealedFor(ownerId))
  if (current === null) return null
  const stillValid = row.previous !== null && row.previousUntil !== null && row.previousUntil > tx.now
  const previous = stillValid && row.previous !== null ? ctx.secrets.open(row.previous, sealedFor(ownerId)) : null
  return previous === null ? [current] : [current, previous]
}

/** The caller's own secret: who may propose may read what signs the answers. */
export async function getCallbackSecret(ctx: Context, actor: Actor): Answer<CallbackSecret> {
  if (!mayHaveOne(actor)) return err(NOT_PERMITTED)
  return await transact<CallbackSecret, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const secrets = await signingSecrets(ctx, tx, actor.id)
    if (!secrets) return err(LOST)
    const row = await tx.callbacks.loadSecret(actor.id)
    return ok({ secret: secrets[0], previousUntil: secrets.length > 1 ? (row?.previousUntil ?? null) : null })
  })
}

/**
 * A new secret, for oneself or (admins) for an agent. For 24 hours every callback carries both signatures, so that the
 * receiver can change over when it suits; a second change in that time ends the first secret at once.
 */
export async function rotateCallbackSecret(
  ctx: Context,
  actor: Actor,
  agentId: AgentId | null,
): Answer<CallbackSecret> {
  if (agentId === null ? !mayHaveOne(actor) : !mayManage(actor)) return err(NOT_PERMITTED)
  const ownerId = agentId ?? actor.id
  return await transact<CallbackSecret, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    if (agentId !== null && !(await tx.loadAgent(agentId))) return err(NOBODY)
    // An old one that cannot be opened is simply replaced: nothing was signed with it any more.
    const before = await signingSecrets(ctx, tx, ownerId)
    const row = await tx.callbacks.loadSecret(ownerId)
    const secret = makeSecret(ctx)
    const previousUntil = before ? new Date(tx.now.getTime() + OVERLAP_MS) : null
    await tx.callbacks.updateSecret({
      ownerId,
      current: ctx.secrets.seal(secret, sealedFor(ownerId)),
      previous: before ? (row?.current ?? null) : null,
      previousUntil,
    })
    await tx.appendEvent({
      subject: ownerId,
      subjectVersion: await tx.nextSubjectVersion(ownerId),
      type: 'callback_secret_rotated',
      body: { by: actor.id },
    })
    return ok({ secret, previousUntil })
  })
}

const mayHaveOne = (actor: Actor): boolean => actor.kind === 'agent' || mayDo(actor.role, 'propose')
const mayManage = (actor: Actor): boolean => actor.kind === 'member' && mayDo(actor.role, 'manage_agents')

const NOT_PERMITTED: Refusal = {
  kind: 'not_permitted',
  why: 'A callback secret is for who proposes; only admins and owners change that of an agent.',
}
