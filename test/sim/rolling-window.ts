import type { CountedDecision } from '../../core/domain/trust/counted-decision.ts'
import { addDecision, type DaySums, mergeSums, NO_SUMS } from '../../core/domain/trust/day-sums.ts'
import { type DayBucket, type DayNumber, scoreWindow } from '../../core/domain/trust/score-window.ts'

/**
 * The window of the score, carried on instead of summed anew with each decision: as the core's, which `assertSame`
 * compares it with, but with no more work for a long history than for a short one.
 */
export type RollingWindow = {
  readonly sums: DaySums
  /** Counts one more decision; days never go back. */
  add(decision: CountedDecision, day: DayNumber): void
  /** Throws where the core's own window has other sums. */
  assertSame(): void
}

const RECENT_DAYS = 90
const OLDEST_DAYS = 365
const FEWEST_DECISIONS = 50

export function createRollingWindow(): RollingWindow {
  let sums = NO_SUMS
  /** Oldest first; those before `first` have left. */
  const buckets: DayBucket[] = []
  let first = 0
  let today = 0

  function leave(): void {
    for (let oldest = buckets[first]; oldest !== undefined; oldest = buckets[first]) {
      const age = today - oldest.day
      const isNeeded = sums.decisions - oldest.sums.decisions < FEWEST_DECISIONS
      if (age < RECENT_DAYS || (age < OLDEST_DAYS && isNeeded)) return
      sums = subtractDay(sums, oldest.sums)
      first += 1
    }
  }

  return {
    get sums() {
      return sums
    },
    add(decision, day) {
      today = day
      sums = addDecision(sums, decision)
      const newest = buckets.at(-1)
      if (newest?.day === day) buckets[buckets.length - 1] = { day, sums: addDecision(newest.sums, decision) }
      else buckets.push({ day, sums: addDecision(NO_SUMS, decision) })
      leave()
    },
    assertSame() {
      const core = scoreWindow(buckets.toReversed(), today).sums
      if (JSON.stringify(core) !== JSON.stringify(sums)) {
        throw new Error(`On day ${today} the window holds ${JSON.stringify(sums)}, the core's ${JSON.stringify(core)}`)
      }
    },
  }
}

const subtractDay = (from: DaySums, day: DaySums): DaySums =>
  mergeSums(from, {
    decisions: -day.decisions,
    approvalQuarters: -day.approvalQuarters,
    rejections: -day.rejections,
    qualityQuarterMicros: -day.qualityQuarterMicros,
    confidenceQuarterMicros: -day.confidenceQuarterMicros,
    severityMicros: -day.severityMicros,
  })
