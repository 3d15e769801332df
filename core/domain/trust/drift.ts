import type { Level } from '../ceiling.ts'

/** At this height the cell is demoted; its exponential bounds the decisions to a false alarm from below. Section 7. */
export const DRIFT_LIMIT = 4

type FailureRates = { readonly usual: number; readonly changed: number }

const LEVEL_3: FailureRates = { usual: 0.1, changed: 0.3 }
/** Stricter: rejections already demote there, so what is left to watch are graded edits. */
const LEVEL_4_AND_5: FailureRates = { usual: 0.05, changed: 0.2 }

/** C after one more counted outcome y, 0 to 1, at this level. Below level 3 there is nothing to watch. Section 7. */
export function nextDrift(drift: number, y: number, level: Level): number {
  if (level < 3) return 0
  const { usual, changed } = level === 3 ? LEVEL_3 : LEVEL_4_AND_5
  const success = Math.log((1 - changed) / (1 - usual))
  const failure = Math.log(changed / usual)
  return Math.max(0, drift + success * y + failure * (1 - y))
}

export const isDriftAlarm = (drift: number): boolean => drift >= DRIFT_LIMIT
