import type { CountedDecision } from './counted-decision.ts'
import { MICRO } from './micro.ts'

/**
 * Everything that the score of section 3 needs of the decisions of one cell and one UTC day. All are whole numbers, so
 * that adding, taking away and merging come out the same in any order. Approvals weigh 1 or a quarter: what they weigh
 * is summed in quarters, and times q or c in quarters of a millionth.
 */
export type DaySums = {
  /** How many decisions weigh anything, each as one. */
  readonly decisions: number
  readonly approvalQuarters: number
  readonly rejections: number
  readonly qualityQuarterMicros: number
  readonly confidenceQuarterMicros: number
  readonly severityMicros: number
}

/** The sums of section 3 in its own units. */
export type ScoreSums = {
  /** a: the weights of approvals. */
  readonly approvals: number
  /** b */
  readonly rejections: number
  /** Sum of w × q over approvals. */
  readonly editQuality: number
  /** Sum of w × c over approvals. */
  readonly timeConfidence: number
  readonly severity: number
}

export const NO_SUMS: DaySums = {
  decisions: 0,
  approvalQuarters: 0,
  rejections: 0,
  qualityQuarterMicros: 0,
  confidenceQuarterMicros: 0,
  severityMicros: 0,
}

const QUARTERS = { approval: 4, quarter_approval: 1, rejection: 0, none: 0 } as const

/** What one decision adds to its day. */
export function sumsOfDecision(decision: CountedDecision): DaySums {
  const quarters = QUARTERS[decision.weight]
  return {
    decisions: decision.weight === 'none' ? 0 : 1,
    approvalQuarters: quarters,
    rejections: decision.weight === 'rejection' ? 1 : 0,
    qualityQuarterMicros: quarters * decision.qualityMicros,
    confidenceQuarterMicros: quarters * decision.confidenceMicros,
    severityMicros: decision.severityMicros,
  }
}

export const addDecision = (sums: DaySums, decision: CountedDecision): DaySums =>
  mergeSums(sums, sumsOfDecision(decision))

/** Takes a decision back that was added before. */
export function subtractDecision(sums: DaySums, decision: CountedDecision): DaySums {
  const taken = sumsOfDecision(decision)
  return {
    decisions: sums.decisions - taken.decisions,
    approvalQuarters: sums.approvalQuarters - taken.approvalQuarters,
    rejections: sums.rejections - taken.rejections,
    qualityQuarterMicros: sums.qualityQuarterMicros - taken.qualityQuarterMicros,
    confidenceQuarterMicros: sums.confidenceQuarterMicros - taken.confidenceQuarterMicros,
    severityMicros: sums.severityMicros - taken.severityMicros,
  }
}

export const mergeSums = (a: DaySums, b: DaySums): DaySums => ({
  decisions: a.decisions + b.decisions,
  approvalQuarters: a.approvalQuarters + b.approvalQuarters,
  rejections: a.rejections + b.rejections,
  qualityQuarterMicros: a.qualityQuarterMicros + b.qualityQuarterMicros,
  confidenceQuarterMicros: a.confidenceQuarterMicros + b.confidenceQuarterMicros,
  severityMicros: a.severityMicros + b.severityMicros,
})

export const mergeDays = (days: readonly DaySums[]): DaySums => days.reduce(mergeSums, NO_SUMS)

/** The sums that the score takes. `factor` is what decisions of an earlier version still weigh (section 5.4), 0 to 1. */
export const scoreSums = (sums: DaySums, factor = 1): ScoreSums => ({
  approvals: (factor * sums.approvalQuarters) / 4,
  rejections: factor * sums.rejections,
  editQuality: (factor * sums.qualityQuarterMicros) / (4 * MICRO),
  timeConfidence: (factor * sums.confidenceQuarterMicros) / (4 * MICRO),
  severity: (factor * sums.severityMicros) / MICRO,
})

/** The sums of several cells, or of several versions of one. Their order is the caller's to fix. */
export const addScoreSums = (parts: readonly ScoreSums[]): ScoreSums =>
  parts.reduce(
    (sum, part) => ({
      approvals: sum.approvals + part.approvals,
      rejections: sum.rejections + part.rejections,
      editQuality: sum.editQuality + part.editQuality,
      timeConfidence: sum.timeConfidence + part.timeConfidence,
      severity: sum.severity + part.severity,
    }),
    scoreSums(NO_SUMS),
  )
