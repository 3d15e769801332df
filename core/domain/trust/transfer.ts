import type { Level } from '../ceiling.ts'
import type { Risk } from '../effect.ts'
import { type Attribution } from './attribution-signal.ts'
import type { ScoreSums } from './day-sums.ts'
import { approvalLcb, type BorrowedPrior, NOTHING_BORROWED, type Score, scoreOf } from './score.ts'

/** A category whose competence may give another one a head start. */
export type TransferSource = {
  readonly approvals: number
  readonly rejections: number
  readonly level: Level
  readonly risk: Risk
  /** Whole days since a major or critical error there; null: there was none. */
  readonly daysSinceSeriousError: number | null
}

const MOST_STRENGTH = 5
const STRENGTH_PER_DECISION = 0.1
const OWN_DECISIONS_UNTIL_NONE = 20
const DAYS_WITHOUT_ERROR = 90
const TRANSFER_CAP = 59
const RISK_ORDER: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 }

/** Whether a source may lend: level 3 or more, no serious error in 90 days, and no riskier target. Section 5.6. */
export const mayLend = (source: TransferSource, targetRisk: Risk): boolean =>
  source.level >= 3 &&
  (source.daysSinceSeriousError === null || source.daysSinceSeriousError >= DAYS_WITHOUT_ERROR) &&
  RISK_ORDER[targetRisk] <= RISK_ORDER[source.risk]

/**
 * What the prior of a category borrows from a source of declared similarity (0 to 1; 0 where none is declared), less
 * with every decision of its own and nothing from 20 on. Only the score sees it; no test, count or gate. Section 5.6.
 */
export function transferPrior(
  source: TransferSource,
  targetRisk: Risk,
  similarity: number,
  ownDecisions: number,
): BorrowedPrior {
  if (!mayLend(source, targetRisk)) return NOTHING_BORROWED
  const lent = Math.min(MOST_STRENGTH, STRENGTH_PER_DECISION * similarity * (source.approvals + source.rejections))
  const strength = lent * Math.max(0, 1 - ownDecisions / OWN_DECISIONS_UNTIL_NONE)
  return strength === 0 ? NOTHING_BORROWED : { strength, mean: approvalLcb(source.approvals, source.rejections) }
}

/** The score with what was borrowed, capped so that borrowing alone never leaves Review. Section 5.6. */
export function scoreWithTransfer(
  sums: ScoreSums,
  attribution: Attribution,
  penaltyPoints: number,
  prior: BorrowedPrior,
): number {
  const shown = (borrowed: BorrowedPrior): Score['shown'] => scoreOf(sums, attribution, penaltyPoints, borrowed).shown
  return Math.max(shown(NOTHING_BORROWED), Math.min(TRANSFER_CAP, shown(prior)))
}
