import { type DaySums, mergeDays } from './day-sums.ts'

/** A UTC day: whole days since 1970-01-01. */
export type DayNumber = number

export type DayBucket = { readonly day: DayNumber; readonly sums: DaySums }

export type ScoreWindow = {
  readonly sums: DaySums
  /** Its oldest day; null: it is empty. */
  readonly from: DayNumber | null
  /** The last day on which, without a new decision, it is still the same; null: it never changes. */
  readonly sameThrough: DayNumber | null
}

const RECENT_DAYS = 90
const OLDEST_DAYS = 365
const FEWEST_DECISIONS = 50
const MS_PER_DAY = 86_400_000

export const dayOf = (instantMs: number): DayNumber => Math.floor(instantMs / MS_PER_DAY)

/**
 * The window of section 3 in whole UTC days: the last 90 with today, and where they hold fewer than 50 decisions, whole
 * older days until there are 50, of the last 365. Buckets come newest first, one a day; none lies after today.
 */
export function scoreWindow(newestFirst: readonly DayBucket[], today: DayNumber): ScoreWindow {
  const usable = newestFirst.filter(({ day }) => today - day < OLDEST_DAYS)
  const recent = usable.filter(({ day }) => today - day < RECENT_DAYS).length
  const filled = lengthOfFill(usable)
  const chosen = usable.slice(0, Math.max(recent, filled))
  const from = chosen.at(-1)?.day ?? null
  // A day that is needed for the fifty stays until it is too old for anything; any other leaves after 90 days.
  const stays = recent > filled ? RECENT_DAYS : OLDEST_DAYS
  return {
    sums: mergeDays(chosen.map(({ sums }) => sums)),
    from,
    sameThrough: from === null ? null : from + stays - 1,
  }
}

function lengthOfFill(newestFirst: readonly DayBucket[]): number {
  let decisions = 0
  let length = 0
  for (const { sums } of newestFirst) {
    if (decisions >= FEWEST_DECISIONS) break
    decisions += sums.decisions
    length += 1
  }
  return length
}
