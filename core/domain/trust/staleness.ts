import type { DayNumber } from './score-window.ts'

const STALE_AFTER_DAYS = 90
const REVIEWED_ON_RETURN = 5

/** Whether the newest decision is 90 days old or more; null: there never was one, so nothing is stale. Section 3. */
export const isStale = (newestDecision: DayNumber | null, today: DayNumber): boolean =>
  newestDecision !== null && today - newestDecision >= STALE_AFTER_DAYS

/** The first day on which it is stale without a new decision. */
export const staleFrom = (newestDecision: DayNumber): DayNumber => newestDecision + STALE_AFTER_DAYS

/**
 * How many actions still go to review: the first five after 90 days in which no action ran. `left` is what is left from
 * an earlier return. Silence alone demotes nobody. Section 3.
 */
export const reviewedOnReturn = (newestAction: DayNumber | null, today: DayNumber, left: number): number =>
  newestAction !== null && today - newestAction >= STALE_AFTER_DAYS ? REVIEWED_ON_RETURN : left

const OBSERVE_DAYS = 30

/** The first day after observation at level 1, which ends by time alone, into level 2. Section 1. */
export const observedUntil = (since: DayNumber): DayNumber => since + OBSERVE_DAYS
