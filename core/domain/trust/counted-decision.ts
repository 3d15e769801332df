import type { Severity } from '../decision.ts'
import { unreachable } from '../result.ts'
import type { DecisionEvent } from './decision-event.ts'
import { editClass, editQuality, type Edit } from './edit-distance.ts'
import { toMicro } from './micro.ts'
import { severityOf, severityWeight } from './rejection-severity.ts'

/** y of section 2. */
export type Outcome = 0 | 0.5 | 1

/** What one decision weighs in the score: as an approval, fully or by a quarter, as a rejection, or not at all. */
export type ScoreWeight = 'approval' | 'quarter_approval' | 'rejection' | 'none'

/** One decision as it is recorded: what it adds to the sums, and what gates and tests make of it. */
export type CountedDecision = {
  /** Null: there is nothing to judge. */
  readonly outcome: Outcome | null
  readonly weight: ScoreWeight
  /** q in millionths; of approvals only. */
  readonly qualityMicros: number
  /** c in millionths; of approvals only. */
  readonly confidenceMicros: number
  /** In millionths; of rejections only. */
  readonly severityMicros: number
  /** Of rejections only. */
  readonly severity: Severity | null
  /** Whether E, the counts and drift take it; silence and rubber stamps are no assessment. */
  readonly countsForGates: boolean
  /** y = 1, counted, and the undo window has closed. */
  readonly isCorrect: boolean
  /** A person looked at it and said so: a validated cycle. */
  readonly isJudged: boolean
  /** A person put their will in the place of the agent's: rejected, reversed, undone or rewritten. */
  readonly isOverride: boolean
  /** An approval without edits, faster than it can be read. Section 4.4. */
  readonly isStamp: boolean
  /** It was blocked, or a policy check failed after execution. */
  readonly policyFailed: boolean
  /** Whether section 6 applies where it concerns high autonomy. */
  readonly mayTakePoints: boolean
}

const NO_INFORMATION = 0.5

const NOTHING: CountedDecision = {
  outcome: null,
  weight: 'none',
  qualityMicros: 0,
  confidenceMicros: 0,
  severityMicros: 0,
  severity: null,
  countsForGates: false,
  isCorrect: false,
  isJudged: false,
  isOverride: false,
  isStamp: false,
  policyFailed: false,
  mayTakePoints: false,
}

/** The row of the table in section 2 that an event falls into. */
export function countDecision(event: DecisionEvent): CountedDecision {
  switch (event.kind) {
    case 'approved':
      return approved(event.edit, event.confidence, event.tooFast)
    case 'seen':
    case 'audit_confirmed':
      return approval(1, 1, event.confidence)
    case 'unseen':
      return silent(1, NO_INFORMATION)
    case 'revised':
      return approval(0.5, event.edit === null ? NO_INFORMATION : editQuality(event.edit.distance), event.confidence)
    case 'rejected':
    case 'reversed':
    case 'undone':
      return { ...rejection(severityOf(event.severity)), isJudged: true, isOverride: true, mayTakePoints: true }
    case 'policy_failed':
      return { ...rejection('critical'), policyFailed: true, mayTakePoints: true }
    case 'reversed_by_agent': {
      const severity = event.severity ?? 'minor'
      return { ...rejection(severity), mayTakePoints: severity === 'major' || severity === 'critical' }
    }
    case 'blocked':
      return { ...NOTHING, policyFailed: true }
    case 'outside_reason':
    case 'expired':
    case 'cancelled':
    case 'recalled':
    case 'snoozed':
      return NOTHING
    default:
      return unreachable(event)
  }
}

function approved(edit: Edit, confidence: number, tooFast: boolean): CountedDecision {
  const size = editClass(edit)
  if (size === 'none' && tooFast) return { ...silent(1, confidence), isStamp: true }
  if (size === 'rewrite') return { ...rejection('minor'), isJudged: true, isOverride: true }
  return approval(size === 'moderate' ? 0.5 : 1, editQuality(edit.distance), confidence)
}

const approval = (outcome: Outcome, quality: number, confidence: number): CountedDecision => ({
  ...NOTHING,
  outcome,
  weight: 'approval',
  qualityMicros: toMicro(quality),
  confidenceMicros: toMicro(confidence),
  countsForGates: true,
  isCorrect: outcome === 1,
  isJudged: true,
})

/** Silence and stamps: a quarter in the score, nothing in gates and tests. */
const silent = (quality: number, confidence: number): CountedDecision => ({
  ...NOTHING,
  outcome: 1,
  weight: 'quarter_approval',
  qualityMicros: toMicro(quality),
  confidenceMicros: toMicro(confidence),
})

const rejection = (severity: Severity): CountedDecision => ({
  ...NOTHING,
  outcome: 0,
  weight: 'rejection',
  severityMicros: toMicro(severityWeight(severity)),
  severity,
  countsForGates: true,
})
