import type { Attribution } from './attribution-signal.ts'
import type { CountedDecision } from './counted-decision.ts'
import { type DaySums, type ScoreSums, scoreSums, subtractDecision } from './day-sums.ts'
import { type Penalty, penaltyPoints, repay } from './penalty.ts'
import { scoreOf } from './score.ts'

/** A decision of the window, with the id under which it is recorded. */
export type NamedDecision = { readonly id: string; readonly decision: CountedDecision }

/** Points by which the base would be lower (above 0) or higher (below 0) without it. */
export type Influence = { readonly id: string; readonly points: number }

const SHOWN = 3

/** The decisions of a window that moved its score most, whichever way, the strongest first. Section 3. */
export function mostInfluential(
  window: DaySums,
  attribution: Attribution,
  decisions: readonly NamedDecision[],
  count = SHOWN,
): readonly Influence[] {
  const base = (sums: DaySums): number => scoreOf(scoreSums(sums), attribution).base
  const now = base(window)
  return decisions
    .map(({ id, decision }) => ({ id, points: now - base(subtractDecision(window, decision)) }))
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, count)
}

const MOST_APPROVALS = 1_000

/**
 * How many more clean approvals (no edit, read at an ordinary pace) reach a shown score; each is also a cycle that
 * repays the penalty. 0: it is reached. Null: a thousand would not do. Section 3.
 */
export function cleanApprovalsTo(
  target: number,
  sums: ScoreSums,
  attribution: Attribution,
  penalty: Penalty,
): number | null {
  const reaches = (more: number): boolean => {
    const then = {
      ...sums,
      approvals: sums.approvals + more,
      editQuality: sums.editQuality + more,
      timeConfidence: sums.timeConfidence + more,
    }
    return scoreOf(then, attribution, penaltyPoints(repay(penalty, more))).shown >= target
  }
  if (!reaches(MOST_APPROVALS)) return null
  // A clean approval never lowers the score, so the first number that reaches it can be halved towards.
  let [low, high] = [-1, MOST_APPROVALS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}
