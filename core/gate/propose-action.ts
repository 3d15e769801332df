import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Asks } from '../ports/store.ts'
import { checkCallbackAddress, parseProposal } from './check-proposal.ts'
import { type Context, type Move, transact, transactTogether } from './dependencies.ts'
import { describeAction, describeNew } from './describe-action.ts'
import type { Answer, Proposed } from './gate.ts'
import type { Once, Proposal } from './requests.ts'
import { prepareDraft, writeDraft } from './draft-action.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView } from './views.ts'

/** The key was used before, or a dry run ended: the transaction rolls back and answers from what is there. */
type Aside = { readonly kind: 'replay' } | { readonly kind: 'dry_run'; readonly view: ActionView }

/**
 * Proposes an action. Checks, evaluates and writes in one transaction; calls no platform, no Slack, no model. The same
 * key with the same body answers what the first one did; with another body it is a conflict.
 */
export async function proposeAction(ctx: Context, actor: Actor, proposal: Proposal, once: Once): Answer<Proposed> {
  const parsed = parseProposal(ctx.kinds, proposal)
  if (!parsed.ok) return parsed
  const address = checkCallbackAddress(ctx, proposal.callbackUrl)
  if (!address.ok) return address
  const asks = { token: proposalToken(ctx, actor), once: { proposerId: actor.id, key: once.key } }
  const work = async (tx: Move, waitMs: number | null): Promise<Result<Proposed, Refusal | Aside>> => {
    if (waitMs !== null) return err({ kind: 'rate_limited', retryAfterMs: waitMs })
    const before = await tx.findByKey(actor.id, once.key)
    if (before)
      return before.bodyDigest === once.bodyDigest ? err({ kind: 'replay' }) : err({ kind: 'idempotency_conflict' })
    const prepared = await prepareDraft(ctx, tx, actor, parsed.value, { ...proposal, once })
    if (!prepared.ok) return prepared
    const { stored, superseded, snapshot } = prepared.value
    if (proposal.dryRun) return err({ kind: 'dry_run', view: describeNew(ctx, snapshot, stored, superseded) })
    await writeDraft(ctx, tx, prepared.value)
    return ok({ action: describeNew(ctx, snapshot, stored, superseded), replayed: false })
  }
  // The version that it replaces moves too, under locks of its own.
  const result = proposal.supersedes
    ? await proposeAlone(ctx, actor, asks, work)
    : await transactTogether(ctx, actor.workspaceId, asks, work)
  if (result.ok) return result
  if (result.error.kind === 'dry_run') return ok({ action: result.error.view, replayed: false })
  if (result.error.kind === 'replay') return await replay(ctx, actor, once)
  return err(result.error)
}

const proposalToken = (ctx: Context, actor: Actor) => ({ key: `propose:${actor.id}`, rate: ctx.proposalRate })

async function proposeAlone<T, E>(
  ctx: Context,
  actor: Actor,
  { token }: Asks,
  work: (tx: Move, waitMs: number | null) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  const waitMs = await ctx.store.read(actor.workspaceId, (tx) => tx.takeToken(token.key, token.rate))
  return await transact(ctx, actor.workspaceId, (tx) => work(tx, waitMs))
}

/** Counts every proposal, also a refused one or a dry run: in a transaction of its own, which their roll-back leaves alone. */
export async function takeProposalToken(ctx: Context, actor: Actor): Promise<Result<void, Refusal>> {
  return await ctx.store.transact<void, Refusal>(actor.workspaceId, async (tx) => {
    const { key, rate } = proposalToken(ctx, actor)
    const wait = await tx.takeToken(key, rate)
    return wait === null ? ok(undefined) : err({ kind: 'rate_limited', retryAfterMs: wait })
  })
}

async function replay(ctx: Context, actor: Actor, once: Once): Answer<Proposed> {
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const winner = await tx.findByKey(actor.id, once.key)
    const stored = winner && (await tx.loadAction(winner.id))
    if (!winner || !stored) return err({ kind: 'check_failed', check: 'the first proposal with this key' })
    if (winner.bodyDigest !== once.bodyDigest) return err({ kind: 'idempotency_conflict' })
    return ok({ action: await describeAction(ctx, tx, stored), replayed: true })
  })
}
