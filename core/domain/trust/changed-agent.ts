import { type Baseline, type CellState, earnedLevel, startCell } from './cell-state.ts'
import { DRIFT_LIMIT } from './drift.ts'

/**
 * How much an agent changed. `wording`: of its prompt or template. `model`: another model, another prompt family or a
 * wider connector scope.
 */
export type AgentChange = 'wording' | 'model'

const AUDITS_DOUBLED_FOR = 20
const CORRECT_BEFORE_FULL_LEVEL = 10

const EARLIER_WEIGHT: Readonly<Record<AgentChange, number>> = { wording: 0.75, model: 0.5 }

/** What decisions before so many changes still weigh in the score, 0 to 1; each change takes its part. Section 5.4. */
export const earlierWeight = (changesSince: readonly AgentChange[]): number =>
  changesSince.reduce((weight, change) => weight * EARLIER_WEIGHT[change], 1)

/**
 * The cell of the new version: part of the score is kept elsewhere, none of the proof is new. How far it had slipped
 * stays where its level does, so that a change of version is no way around a demotion. Section 5.4.
 */
export function afterChange(cell: CellState, change: AgentChange, baseline: Baseline): CellState {
  if (change === 'wording') {
    // It is watched as if it had already been seen to slip.
    return {
      ...cell,
      drift: cell.level < 3 ? 0 : Math.max(cell.drift, DRIFT_LIMIT / 2),
      doubledAudits: AUDITS_DOUBLED_FOR,
    }
  }
  const next = { ...startCell(baseline), level: cell.level, correctUntilFull: CORRECT_BEFORE_FULL_LEVEL }
  return { ...next, drift: earnedLevel(next) === earnedLevel(cell) ? cell.drift : 0 }
}
