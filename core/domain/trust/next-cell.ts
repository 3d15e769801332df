import type { Level } from '../ceiling.ts'
import { type CellState, earnedLevel, startEpoch } from './cell-state.ts'
import type { CountedDecision } from './counted-decision.ts'
import { isDriftAlarm, nextDrift } from './drift.ts'
import { addEdgeCase, type EdgeCase } from './escalation.ts'
import { observeOutcome } from './promotion-test.ts'
import { isSerious } from './rejection-severity.ts'

/** One decision of a cell with what the cell has to know of it. */
export type CellDecision = CountedDecision & {
  /** The level at which it ran by itself; null: it was a recommendation. */
  readonly ranAtLevel: Level | null
  /** Whether section 6 takes it: see `concernsHighAutonomy`. */
  readonly concernsHighAutonomy: boolean
  /** What the person named as the reason of an override; null: none. */
  readonly reason: string | null
  /** Whether the agent asked about a sensitive action; null: it was not sensitive. */
  readonly sensitiveAsked: boolean | null
  readonly edgeCase: EdgeCase | null
}

export type DemotionCause = 'rejection_at_high_autonomy' | 'critical_finding' | 'drift'

export type CellStep = {
  readonly cell: CellState
  /** Why this decision ended the grant; null: it did not. */
  readonly demotion: DemotionCause | null
}

const OVERRIDES_KEPT = 20
const SENSITIVE_KEPT = 50

/**
 * A cell after one more decision. This is the only way in which evidence moves, so that a cell carried on one by one
 * and a cell replayed from the ledger are the same to the bit. Sections 2, 5 to 7.
 */
export const nextCell = (cell: CellState, decision: CellDecision): CellState => stepCell(cell, decision).cell

/** As `nextCell`, and whether the decision demoted it. */
export function stepCell(cell: CellState, decision: CellDecision): CellStep {
  const noted = noteSurroundings(cell, decision)
  const counted =
    decision.countsForGates && decision.outcome !== null ? countOutcome(noted, decision, decision.outcome) : noted
  const demotion = demotionOf(counted, decision)
  return { cell: demotion === null ? counted : startEpoch(counted), demotion }
}

function demotionOf(cell: CellState, decision: CellDecision): DemotionCause | null {
  if (decision.mayTakePoints && decision.concernsHighAutonomy) return 'rejection_at_high_autonomy'
  if (cell.level < 3) return null
  if (decision.severity === 'critical') return 'critical_finding'
  return isDriftAlarm(cell.drift) ? 'drift' : null
}

/** What is kept of every decision, also of those that are no evidence. */
function noteSurroundings(cell: CellState, decision: CellDecision): CellState {
  const { sensitiveAsked, edgeCase } = decision
  return {
    ...cell,
    policyStreak: decision.policyFailed ? 0 : cell.policyStreak + (decision.isJudged ? 1 : 0),
    sensitive:
      sensitiveAsked === null
        ? cell.sensitive
        : `${cell.sensitive}${sensitiveAsked ? '1' : '0'}`.slice(-SENSITIVE_KEPT),
    edgeCases: edgeCase === null ? cell.edgeCases : addEdgeCase(cell.edgeCases, edgeCase),
  }
}

function countOutcome(cell: CellState, decision: CellDecision, y: number): CellState {
  const isError = decision.severity !== null && isSerious(decision.severity)
  const correct = decision.isCorrect ? 1 : 0
  const correctAction = decision.isCorrect && (decision.ranAtLevel ?? 0) >= 3 ? 1 : 0
  const { level3, level4, level5 } = cell.tests
  const correctUntilFull = Math.max(0, cell.correctUntilFull - (decision.isJudged ? correct : 0))
  const level = earnedLevel(cell)
  // Where this decision was the last that a changed agent had to show, its level changes, and drift starts anew.
  const hasNewLevel = earnedLevel({ level: cell.level, correctUntilFull }) !== level
  return {
    ...cell,
    tests: {
      level3: level3 && observeOutcome(level3, y),
      level4: level4 && observeOutcome(level4, y),
      level5: level5 && observeOutcome(level5, y),
    },
    cycles: cell.cycles + (decision.isJudged ? 1 : 0),
    correct: isError ? 0 : cell.correct + correct,
    correctActions: isError ? 0 : cell.correctActions + correctAction,
    drift: hasNewLevel ? 0 : nextDrift(cell.drift, y, level),
    lastOverrides: [...cell.lastOverrides, decision.isOverride ? (decision.reason ?? '') : null].slice(-OVERRIDES_KEPT),
    doubledAudits: Math.max(0, cell.doubledAudits - 1),
    correctUntilFull,
  }
}
