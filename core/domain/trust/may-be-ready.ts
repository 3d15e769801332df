import { type CellState, earnedLevel } from './cell-state.ts'
import { gateLimits } from './gate.ts'
import { EARNED_LEVELS, passes } from './promotion-test.ts'

/** Whether a cell's own counts and test allow its next level, so that the other gates are worth a look. Section 5.2. */
export function mayBeReady(cell: CellState): boolean {
  const level = earnedLevel(cell)
  const next = EARNED_LEVELS.find((step) => step > level)
  const test = next && cell.tests[`level${next}`]
  if (!next || !test) return false
  const correct = next === 3 ? cell.correct : cell.correctActions
  return correct >= gateLimits(next).correct && passes(test, cell.epoch, next)
}
