import type { Actor } from '../domain/people.ts'
import { CATEGORIES } from '../domain/category.ts'
import { err, ok } from '../domain/result.ts'
import type { HoldingRule } from '../rules/evaluate.ts'
import type { Context } from './dependencies.ts'
import { policyAt } from './policy-at.ts'
import type { Answer } from './gate.ts'
import { mayRead } from './policy-in-force.ts'

export type ExplainPolicy = {
  readonly kind: string
  readonly category?: string | undefined
  readonly segment?: string | undefined
  readonly region?: string | undefined
  readonly agent?: string | undefined
}

/** Every rule that holds for such an action, with where it comes from, the ones that a narrower scope put aside included. */
export async function explainPolicy(
  ctx: Context,
  actor: Actor,
  { kind: kindId, category, segment, region, agent }: ExplainPolicy,
): Answer<{ readonly version: number; readonly rules: readonly HoldingRule[] }> {
  const may = mayRead(actor)
  if (!may.ok) return may
  const kind = ctx.kinds.get(kindId)
  if (!kind) return err({ kind: 'unknown_kind', action: kindId, known: ctx.kinds.all.map(({ id }) => id) })
  const own = category === undefined ? kind.category : CATEGORIES.find((one) => one === category)
  if (own === undefined)
    return err({
      kind: 'malformed',
      problems: [{ path: 'category', says: `Unknown; known: ${CATEGORIES.join(', ')}.` }],
    })
  const snapshot = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  const at = {
    kindId,
    category: own,
    channel: kind.channel,
    segment: segment ?? null,
    regions: region === undefined ? null : [region],
    agentId: agent ?? null,
  }
  const { policy, version } = policyAt(ctx, snapshot, at)
  return ok({ version, rules: policy.holding(at) })
}
