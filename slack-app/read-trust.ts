import type { Actor } from '../core/domain/people.ts'
import { ok, type Result } from '../core/domain/result.ts'
import { categoryOfScope } from '../core/domain/trust/scope-score.ts'
import type { Gate } from '../core/gate/gate.ts'
import type { Refusal } from '../core/gate/refusal.ts'
import type { TrustDetailsView, TrustView } from '../core/gate/trust-views.ts'
import type { Trust } from './views/trust-summary.ts'
import type { AgentNames } from './views/trust-words.ts'

/** How trust stands in a category or scope, with what is missing for more; null: everywhere, without that. */
export async function readTrust(gate: Gate, actor: Actor, what: string | null): Promise<Result<Trust, Refusal>> {
  const listed = await gate.listTrust(actor)
  if (!listed.ok) return listed
  const wanted = listed.value.filter(({ scope }) => what === null || scope === what || categoryOfScope(scope) === what)
  const scopes: (TrustView | TrustDetailsView)[] = []
  for (const view of wanted) {
    const explained = what === null ? null : await gate.explainTrust(actor, view.scope)
    scopes.push(explained?.ok ? explained.value : view)
  }
  const grants = await gate.listGrants(actor)
  if (!grants.ok) return grants
  const open = await gate.listPromotions(actor, 'open')
  if (!open.ok) return open
  return ok({ scopes, grants: grants.value, open: open.value, agents: await agentNames(gate, actor) })
}

/** Names of agents by their id; without the list, views say "an agent". */
export async function agentNames(gate: Gate, actor: Actor): Promise<AgentNames> {
  const agents = await gate.listAgents(actor)
  return new Map(agents.ok ? agents.value.map(({ id, name }) => [id, name]) : [])
}
