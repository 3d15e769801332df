import type { DecisionKept, Severity } from '../domain/decision.ts'
import type { Difference } from '../domain/differences.ts'
import type { Actor } from '../domain/people.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Decider } from './check-decision.ts'
import type { Context } from './dependencies.ts'

export type Deciding = {
  readonly decision: DecisionKept
  readonly severity: Severity | null
  readonly reason: string | null
  readonly outside: boolean
  readonly changes: readonly Difference[]
}

/** Keeps a decision with what it was about: hash, revision and policy version as they were shown. */
export async function recordDecision(
  ctx: Context,
  tx: Transaction,
  { action, payload }: StoredAction,
  actor: Actor & Pick<Decider, 'onBehalfOf'>,
  deciding: Deciding,
): Promise<void> {
  await tx.insertDecision({
    id: ctx.newId('dec'),
    actionId: action.id,
    ...deciding,
    byId: actor.id,
    byName: actor.name,
    onBehalfOf: actor.onBehalfOf?.id ?? null,
    onBehalfOfName: actor.onBehalfOf?.name ?? null,
    via: actor.kind === 'member' ? actor.via : 'agent',
    at: tx.now,
    payloadHash: payload.hash ?? '',
    revision: payload.revision,
    policyVersion: payload.policyVersion,
  })
}

/** For the ledger: whose right it was, where it was lent. */
export const behalfBody = ({ onBehalfOf }: Pick<Decider, 'onBehalfOf'>): { readonly on_behalf_of?: string } =>
  onBehalfOf ? { on_behalf_of: onBehalfOf.id } : {}
