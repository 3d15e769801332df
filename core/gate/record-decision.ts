import type { DecisionVerb, Severity } from '../domain/decision.ts'
import type { Difference } from '../domain/differences.ts'
import type { Actor } from '../domain/people.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'

export type Deciding = {
  readonly decision: DecisionVerb
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
  actor: Actor,
  deciding: Deciding,
): Promise<void> {
  await tx.insertDecision({
    id: ctx.newId('dec'),
    actionId: action.id,
    ...deciding,
    byId: actor.id,
    byName: actor.name,
    via: actor.kind === 'member' ? actor.via : 'agent',
    at: tx.now,
    payloadHash: payload.hash ?? '',
    revision: payload.revision,
    policyVersion: payload.policyVersion,
  })
}
