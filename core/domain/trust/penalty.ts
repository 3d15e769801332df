import type { Level } from '../ceiling.ts'

/** The points that a rejection at high autonomy took, and what has been earned back. Section 6. */
export type Penalty = {
  /** P: points of 100, 0 or more. */
  readonly points: number
  /** Validated cycles since. */
  readonly cycles: number
}

export const NO_PENALTY: Penalty = { points: 0, cycles: 0 }

const DROP = 15
const REPAID_AFTER_CYCLES = 30
const HIGH_AUTONOMY: Level = 4
const DAYS_AFTER_LEAVING = 30

export type Concern = {
  /** The level at which the action ran by itself; null: a person let it run, or it never ran. */
  readonly ranAtLevel: Level | null
  /** Whole days since the category last left levels 4 and 5; null: it never had them, or still has. */
  readonly daysSinceHighAutonomy: number | null
}

/** Whether a rejection, undo or critical finding is one of section 6; up to and with the 30th day after it was left. */
export const concernsHighAutonomy = ({ ranAtLevel, daysSinceHighAutonomy }: Concern): boolean =>
  (ranAtLevel !== null && ranAtLevel >= HIGH_AUTONOMY) ||
  (daysSinceHighAutonomy !== null && daysSinceHighAutonomy <= DAYS_AFTER_LEAVING)

/**
 * The penalty after a rejection at high autonomy. `shownBefore` is the score that was shown before it, with what an
 * earlier penalty still took; `base` is computed with the rejection in it. The shown score falls by at least 15.
 */
export const penaltyFor = (shownBefore: number, base: number): Penalty => ({
  points: Math.max(0, base - (shownBefore - DROP)),
  cycles: 0,
})

/** One more validated cycle pays a thirtieth back; waiting pays nothing. */
export const repay = (penalty: Penalty, cycles = 1): Penalty =>
  penalty.points === 0 || penalty.cycles + cycles >= REPAID_AFTER_CYCLES
    ? NO_PENALTY
    : { points: penalty.points, cycles: penalty.cycles + cycles }

/**
 * The penalty where the rejection that set the newest one had an outside reason: what was left of the one before it,
 * repaid by the cycles since. Section 2.
 */
export const restorePenalty = (before: Penalty, cyclesSince: number): Penalty => repay(before, cyclesSince)

/** What it takes from the base now, in points. */
export const penaltyPoints = ({ points, cycles }: Penalty): number =>
  points * Math.max(0, 1 - cycles / REPAID_AFTER_CYCLES)
