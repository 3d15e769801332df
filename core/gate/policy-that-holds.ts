import { CATEGORIES } from '../domain/category.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { Facts, Kind } from '../ports/kind.ts'
import type { Snapshot, StoredAction } from '../ports/rows.ts'
import type { CompiledPolicy } from '../rules/evaluate.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import type { Standpoint } from '../rules/scope.ts'
import type { Dependencies } from './dependencies.ts'
import { policyAt, policyInForce, standpointOf } from './policy-at.ts'

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
 * The policy that holds for what an agent earns in a scenario of a scope. A cell knows no segments and regions: a trial
 * for one of them holds for single actions only. `stands`: where, and as what; null where its kind is no longer installed.
 */
export function policyOfCell(
  deps: Deps,
  snapshot: Snapshot,
  { scope, scenario, agentId }: { readonly scope: string; readonly scenario: string; readonly agentId: string },
): {
  readonly policy: PolicyDocument
  readonly version: number
  readonly stands: { readonly at: Standpoint; readonly kind: Kind } | null
} {
  // A scenario begins with its kind.
  const kind = deps.kinds.get(scenario.split('/')[0] ?? '')
  const category = CATEGORIES.find((one) => one === categoryOfScope(scope))
  if (!kind || !category) {
    const version = snapshot.control.policyVersion
    return { policy: policyInForce(deps, snapshot).document, version, stands: null }
  }
  const at = { category, channel: kind.channel, segment: null, regions: null, agentId, kindId: kind.id }
  const { policy, version } = policyAt(deps, snapshot, at)
  return { policy: policy.document, version, stands: { at, kind } }
}

/**
 * The policy that holds for a whole scope: that of all who earn something in it, where it is one and the same, else the
 * one in force.
 */
export function policyOfScope(
  deps: Deps,
  snapshot: Snapshot,
  cells: readonly { readonly scope: string; readonly scenario: string; readonly agentId: string }[],
): PolicyDocument {
  const [first, ...others] = new Set(cells.map((cell) => policyOfCell(deps, snapshot, cell).policy))
  return first && others.length === 0 ? first : policyInForce(deps, snapshot).document
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
