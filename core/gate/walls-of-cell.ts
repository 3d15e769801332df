import { categoryWords } from '../domain/category.ts'
import { knownCategory } from '../domain/trust/scope-score.ts'
import type { TrustCell } from '../domain/trust/trust-book.ts'
import type { WallsEvidence } from '../domain/trust/walls-gate.ts'
import type { Kind } from '../ports/kind.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import type { Standpoint } from '../rules/scope.ts'
import { wallsAt } from '../rules/walls.ts'

const NO_WALLS = { budget: 'missing', brand_voice: 'missing', channels: 'missing', topics: 'missing' } as const

/**
 * Within which walls a cell's agent works, by the policy that holds there. Money moves where it did (`everSpent`), where
 * the policy prices its kind, and where its kind sets a budget. Of a kind that is no longer installed nothing is known.
 */
export function wallsOfCell(
  { scope }: Pick<TrustCell, 'scope'>,
  policy: PolicyDocument,
  stands: { readonly at: Standpoint; readonly kind: Kind } | null,
  everSpent: boolean,
): WallsEvidence {
  const category = knownCategory(scope)
  const of = category ? categoryWords(category) : scope
  if (stands === null) return { walls: NO_WALLS, movesMoney: everSpent, of }
  const { at, kind } = stands
  const price = policy.cost_per_person?.[kind.id] ?? 0
  const { preparing = false } = kind.effect
  return {
    walls: wallsAt(policy, { ...at, preparing, hasCampaigns: kind.campaign !== undefined }),
    movesMoney: everSpent || kind.dailyBudget !== undefined || price > 0,
    of,
  }
}
