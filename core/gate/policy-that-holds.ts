import type { Facts } from '../ports/kind.ts'
import type { Snapshot, StoredAction } from '../ports/rows.ts'
import type { CompiledPolicy } from '../rules/evaluate.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import type { Dependencies } from './dependencies.ts'
import { policyAt, policyInForce, standpointOf } from './evaluate-action.ts'

type Deps = Pick<Dependencies, 'compiled' | 'kinds'>

/**
 * The policy that holds for an action where it stands: a version on trial there, else the one in force. `facts`: what
 * was read of it, where that is newer than its payload. What is no longer installed stands under the one in force.
 */
export function policyThatHolds(
  deps: Deps,
  snapshot: Snapshot,
  { action, payload }: { readonly action: StoredAction['action']; readonly payload: { readonly facts: Facts | null } },
): { readonly policy: CompiledPolicy; readonly version: number } {
  const kind = deps.kinds.get(action.kind)
  if (!kind) return { policy: policyInForce(deps, snapshot), version: snapshot.control.policyVersion }
  return policyAt(deps, snapshot, standpointOf({ kind, action, facts: payload.facts }))
}

/**
 * The policies that say who decides: the one that holds there and the one in force. Both bind, so that no trial is a way
 * around the people whom the policy in force asks for.
 */
export function policiesOnPeople(
  deps: Deps,
  snapshot: Snapshot,
  stored: Pick<StoredAction, 'action' | 'payload'>,
): readonly PolicyDocument[] {
  const inForce = policyInForce(deps, snapshot)
  const { policy } = policyThatHolds(deps, snapshot, stored)
  return policy === inForce ? [inForce.document] : [policy.document, inForce.document]
}
