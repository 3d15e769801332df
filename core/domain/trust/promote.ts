import { err, ok, type Result } from '../result.ts'
import { atLevel, type CellState } from './cell-state.ts'
import type { Gate } from './gate.ts'
import { type GateEvidence, gatesFor } from './gates.ts'
import type { EarnedLevel } from './promotion-test.ts'

export type PromotionRefusal =
  /** Levels are earned one at a time. */
  | { readonly kind: 'not_the_next_level'; readonly level: CellState['level']; readonly to: EarnedLevel }
  | { readonly kind: 'gates_missing'; readonly missing: readonly Gate[] }

/**
 * The cell at the next level. This is the only way up: every gate is looked at again, and without a consent that covers
 * this step it is refused. Sections 5.2 and 10.
 */
export function promote(to: EarnedLevel, evidence: GateEvidence): Result<CellState, PromotionRefusal> {
  const { cell } = evidence
  if (to !== cell.level + 1) return err({ kind: 'not_the_next_level', level: cell.level, to })
  const missing = gatesFor(to, evidence).filter(({ status }) => status === 'missing')
  return missing.length > 0 ? err({ kind: 'gates_missing', missing }) : ok(atLevel(cell, to))
}
