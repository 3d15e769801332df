import type { RecipientLimits } from '../domain/recipients/reach.ts'
import type { ActionRow, Snapshot } from '../ports/rows.ts'
import type { CompiledPolicy } from '../rules/evaluate.ts'
import { stricterLimits } from '../rules/recipient-limits.ts'
import { type Standpoint, holdsAt, type When } from '../rules/scope.ts'
import type { Dependencies } from './dependencies.ts'
import type { Proposed } from './evaluate-action.ts'

/** The policy in force, compiled; the empty one where none was set. */
export function policyInForce(deps: Pick<Dependencies, 'compiled'>, snapshot: Snapshot): CompiledPolicy {
  return snapshot.policy ? deps.compiled(snapshot.policy.document, snapshot.policy.hash) : deps.compiled({}, 'empty')
}

/** The policy that holds for something: a version on trial where it stands, else the one in force. */
export function policyAt(
  deps: Pick<Dependencies, 'compiled'>,
  snapshot: Snapshot,
  at: Standpoint,
): { readonly policy: CompiledPolicy; readonly version: number } {
  // safe: written from a When
  const trial = snapshot.trials.find(({ when }) => holdsAt(when as When, at))
  if (trial) return { policy: deps.compiled(trial.document, trial.hash), version: trial.version }
  return { policy: policyInForce(deps, snapshot), version: snapshot.control.policyVersion }
}

/** Where it stands, by what the gate derived. */
export const standpointOf = ({
  kind,
  action,
  facts,
}: Pick<Proposed, 'kind' | 'facts'> & {
  readonly action: Pick<ActionRow, 'category' | 'agentId'>
}): Standpoint => ({
  category: action.category,
  channel: kind.channel,
  segment: facts?.segment ?? null,
  regions: facts?.regions ?? null,
  agentId: action.agentId,
  kindId: kind.id,
})

/** Whom it may message under the policy that holds there. */
export const limitsOnRecipients = (
  deps: Pick<Dependencies, 'compiled'>,
  snapshot: Snapshot,
  proposed: Pick<Proposed, 'kind' | 'action' | 'facts'>,
): RecipientLimits => {
  const at = standpointOf(proposed)
  const own = { ...at, category: proposed.kind.category }
  const { policy } = policyAt(deps, snapshot, at)
  return stricterLimits(policy.recipients(at), policy.recipients(own))
}
