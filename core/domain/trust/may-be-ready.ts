import type { CellState } from './cell-state.ts'
import { correctFor } from './dossier.ts'
import { gateLimits } from './gate.ts'
import { type EarnedLevel, EARNED_LEVELS, passes } from './promotion-test.ts'
import { levelNow, type Standing } from './standing.ts'

/** The step that would come next for who stands there; null: there is none. Nothing is skipped, whatever was had before. */
export function nextStep(standing: Standing | null, nowMs: number): EarnedLevel | null {
  const level = standing === null || standing.isLocked ? 2 : levelNow(standing, nowMs)
  return EARNED_LEVELS.find((step) => step > level) ?? null
}

/** Whether a cell's own counts and test allow a step, so that the other gates are worth a look. Section 5.2. */
export function mayBeReady(cell: CellState, to: EarnedLevel): boolean {
  const test = cell.tests[`level${to}`]
  return test !== null && correctFor(to, cell) >= gateLimits(to).correct && passes(test, cell.epoch, to)
}
