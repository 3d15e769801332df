import { createHash } from 'node:crypto'
import type { ActionId, NewId, WorkspaceId } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import type { Callbacks } from '../ports/callbacks.ts'
import type { Kinds } from '../ports/kind.ts'
import type { Judge } from '../ports/judge.ts'
import type { LedgerKey } from '../ports/ledger.ts'
import type { Platforms } from '../ports/platform.ts'
import type { Secrets } from '../ports/secrets.ts'
import type { Webhooks } from '../ports/webhooks.ts'
import type { Asks, Store } from '../ports/store.ts'
import type { Rate, Transaction } from '../ports/transaction.ts'
import type { Ready } from './take-turn.ts'
import { type CompiledPolicy, compilePolicy } from '../rules/evaluate.ts'
import { PolicySchema } from '../rules/policy.ts'

/** Everything that the verbs need from outside. */
export type Dependencies = {
  readonly store: Store
  readonly kinds: Kinds
  readonly platforms: Platforms
  readonly secrets: Secrets
  readonly webhooks: Webhooks
  readonly callbacks: Callbacks
  readonly ledgerKey: LedgerKey
  /** Reads texts for the policies that ask for it; absent: none is set up, and a person decides instead. */
  readonly judge?: Judge | undefined
  readonly newId: NewId
  /** URL-safe random text with at least 256 bits, for keys and tokens. */
  readonly newSecret: () => string
  /** Work that goes on after the answer: in this process on Node, `waitUntil` on Workers. Never throws. */
  readonly background: (work: () => Promise<unknown>) => void
  /** Tells the waiting requests that something about these actions was committed, and the side-job worker of jobs that were. */
  readonly committed: (actionIds: readonly ActionId[], hasJobs: boolean) => void
  /** Hears of work that a committed move calls for, besides `background`: a net under it, where a runtime has one. */
  readonly followed?: (items: readonly FollowUp[]) => void
  /** Resolves when `committed` names the action, or when it is worth another look; after the time at the latest. */
  readonly nextCommit: (actionId: ActionId, timeoutMs: number) => Promise<void>
  /** Monotonic milliseconds, for timeouts only. */
  readonly monotonicMs: () => number
  readonly compiled: (document: unknown, hash: string) => CompiledPolicy
  /** How often one agent (or member) may propose. */
  readonly proposalRate: Rate
  /** The operator's own workspace: keys that carry no workspace belong to it, and its admins may stop everything. */
  readonly homeWorkspace: WorkspaceId
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Work that a committed move calls for: carry it out, check it, or only tell whoever waits. */
export type FollowUp = {
  readonly work: 'execute' | 'check' | 'tell'
  readonly workspaceId: WorkspaceId
  readonly actionId: ActionId
  /** Its turn was taken in the transaction that let it run, so that it need not be looked for again. */
  readonly ready?: Ready
}

/** The dependencies, and what to do after a commit; made by `createGate`. */
export type Context = Dependencies & { readonly followUp: (items: readonly FollowUp[], hasJobs: boolean) => void }

/** A transaction that also notes its follow-ups: they happen after its commit, and never when it rolled back. */
export type Move = Transaction & {
  readonly afterCommit: (work: FollowUp['work'], actionId: ActionId, ready?: Ready) => void
}

/** One transaction of the store whose follow-ups happen after its commit. */
export async function transact<T, E>(
  ctx: Context,
  workspaceId: WorkspaceId,
  work: (tx: Move) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  return await noting(ctx, workspaceId, (move) => ctx.store.transact(workspaceId, (tx) => work(move(tx))))
}

/**
 * The same for a move: the action is read as the transaction opens, and `loadToMove` has it already. `counts`: it will
 * be counted, and what that needs is read with it.
 */
export async function transactOn<T, E>(
  ctx: Context,
  workspaceId: WorkspaceId,
  actionId: ActionId,
  work: (tx: Move) => Promise<Result<T, E>>,
  { counts = false }: { readonly counts?: boolean } = {},
): Promise<Result<T, E>> {
  const toMove = { id: actionId, counts }
  return await noting(ctx, workspaceId, (move) => ctx.store.transact(workspaceId, (tx) => work(move(tx)), toMove))
}

/** The same for a proposal, which shares its database transaction with others. */
export async function transactTogether<T, E>(
  ctx: Context,
  workspaceId: WorkspaceId,
  asks: Asks,
  work: (tx: Move, waitMs: number | null) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  return await noting(ctx, workspaceId, (move) =>
    ctx.store.transactTogether(workspaceId, asks, (tx, waitMs) => work(move(tx), waitMs)),
  )
}

async function noting<T, E>(
  ctx: Context,
  workspaceId: WorkspaceId,
  run: (move: (tx: Transaction) => Move) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  let items: FollowUp[] = []
  let hasJobs = false
  const result = await run((tx) => {
    // A new list for every try: a transaction that was rolled back promised nothing.
    items = []
    hasJobs = false
    const afterCommit: Move['afterCommit'] = (work, actionId, ready) =>
      void items.push({ work, workspaceId, actionId, ...(ready ? { ready } : {}) })
    const enqueue: Move['enqueue'] = (job, options) => {
      hasJobs = true
      return tx.enqueue(job, options)
    }
    // safe: the transaction itself with one method more
    return Object.assign(Object.create(tx), { afterCommit, enqueue }) as Move
  })
  if (result.ok && (items.length > 0 || hasJobs)) ctx.followUp(items, hasJobs)
  return result
}

/** Compiles each policy version once; keyed by content hash, so that two workspaces with one pack share it. */
export function createPolicyCache(limit = 1000): Dependencies['compiled'] {
  const byHash = new Map<string, CompiledPolicy>()
  return (document, hash) => {
    const known = byHash.get(hash)
    if (known) return known
    const compiled = compilePolicy(PolicySchema.parse(document))
    if (byHash.size >= limit) byHash.delete(byHash.keys().next().value ?? '')
    byHash.set(hash, compiled)
    return compiled
  }
}
