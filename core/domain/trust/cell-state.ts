import type { Level } from '../ceiling.ts'
import type { BettingTest } from './betting-test.ts'
import { type EdgeCases, NO_EDGE_CASES } from './escalation.ts'
import { type EarnedLevel, nullAcceptability, startPromotionTest } from './promotion-test.ts'

/**
 * Everything that a cell (scope × scenario × agent version) remembers of its decisions; bounded, and of plain JSON, so
 * that it can be kept in a row and carried on without reading history.
 */
export type CellState = {
  /** j of section 5.1: the stretch since the start or since the last demotion, counted from 1. */
  readonly epoch: number
  /** The earned level; `earnedLevel` says what of it holds now. */
  readonly level: Level
  /** One test a level; null: its baseline cannot be tested, and the level cannot be earned. */
  readonly tests: Readonly<Record<`level${EarnedLevel}`, BettingTest | null>>
  /** Validated cycles in this epoch, each judged by a person. */
  readonly cycles: number
  /** Correct decisions since the last major or critical error, in this epoch; and of these, actions at level 3 or more. */
  readonly correct: number
  readonly correctActions: number
  /** C of section 7. */
  readonly drift: number
  /** The last 20 counted decisions, oldest first: null, or the reason of an override ('' where none was stated). */
  readonly lastOverrides: readonly (string | null)[]
  /** Judged cycles since a policy check last failed. */
  readonly policyStreak: number
  /** The last 50 sensitive actions, oldest first: '1' where the agent asked, '0' where it did not. */
  readonly sensitive: string
  readonly edgeCases: EdgeCases
  /** Decisions for which the audit rate is still doubled, after a change of wording. */
  readonly doubledAudits: number
  /** Correct judged decisions still needed before a level above 3, after a change of agent. Section 5.4. */
  readonly correctUntilFull: number
}

const LEVEL_AFTER_CHANGE: Level = 3

/** The earned level as it holds now: at most 3 while a changed agent has to show itself. Section 5.4. */
export const earnedLevel = (cell: Pick<CellState, 'level' | 'correctUntilFull'>): Level =>
  cell.correctUntilFull > 0 && cell.level > LEVEL_AFTER_CHANGE ? LEVEL_AFTER_CHANGE : cell.level

/** What the process that is replaced achieved, 0 to 1; null: not known. */
export type Baseline = number | null

/** A cell that nothing was decided in yet. Agents start at 2; a route of an existing workflow may start at 1. */
export const startCell = (baseline: Baseline, level: 1 | 2 = 2): CellState => ({
  epoch: 1,
  level,
  tests: freshTests(baseline),
  cycles: 0,
  correct: 0,
  correctActions: 0,
  drift: 0,
  lastOverrides: [],
  policyStreak: 0,
  sensitive: '',
  edgeCases: NO_EDGE_CASES,
  doubledAudits: 0,
  correctUntilFull: 0,
})

/** The cell after a demotion: a new epoch at level 2. What was shown in the old one is no proof any more. Section 6. */
export const startEpoch = (cell: CellState): CellState => ({
  ...cell,
  epoch: cell.epoch + 1,
  level: 2,
  tests: {
    level3: restarted(cell.tests.level3),
    level4: restarted(cell.tests.level4),
    level5: restarted(cell.tests.level5),
  },
  cycles: 0,
  correct: 0,
  correctActions: 0,
  drift: 0,
  edgeCases: NO_EDGE_CASES,
})

/** The cell at another level, by consent, reclaim or lapse; its evidence stays, drift starts anew. Section 7. */
export const atLevel = (cell: CellState, level: Level): CellState =>
  cell.level === level ? cell : { ...cell, level, drift: 0 }

function freshTests(baseline: Baseline): CellState['tests'] {
  const fresh = (level: EarnedLevel): BettingTest | null => {
    const p0 = nullAcceptability(level, baseline)
    return p0.ok ? startPromotionTest(p0.value) : null
  }
  return { level3: fresh(3), level4: fresh(4), level5: fresh(5) }
}

const restarted = (test: BettingTest | null): BettingTest | null => (test === null ? null : startPromotionTest(test.p0))

/**
 * The cell under another baseline. Evidence against one null says nothing about another, and a second attempt needs
 * its own share of alpha: E starts at 1 in a new epoch. Counts and level stay.
 */
export function withBaseline(cell: CellState, baseline: Baseline): CellState {
  const tests = freshTests(baseline)
  const isSame = (['level3', 'level4', 'level5'] as const).every((name) => tests[name]?.p0 === cell.tests[name]?.p0)
  return isSame ? cell : { ...cell, epoch: cell.epoch + 1, tests }
}
