import { cellGates } from '../../core/domain/trust/cell-gates.ts'
import { type CellState, startCell } from '../../core/domain/trust/cell-state.ts'
import { type GateLimits, gateLimits } from '../../core/domain/trust/gate.ts'
import { stepCell } from '../../core/domain/trust/next-cell.ts'
import { EARNED_LEVELS, type EarnedLevel, passes } from '../../core/domain/trust/promotion-test.ts'
import type { Random } from '../support/random.ts'
import { assertSameScore, quickScore } from './quick-score.ts'
import { createRollingWindow } from './rolling-window.ts'
import { asCellDecision, simulateDecision } from './simulated-reviewer.ts'

/** After how many decisions each rule first opened in one history; null: never. */
export type GateHistory = {
  readonly opened: Readonly<Record<Rule, number | null>>
  /** The score after `SCORED_AFTER` decisions each. */
  readonly scores: readonly number[]
}

export const RULES = ['level3', 'level4', 'level5', 'rate', 'streak', 'score'] as const
export type Rule = (typeof RULES)[number]

export const SCORED_AFTER = [20, 50, 100, 180] as const
export const DECISIONS = 1_000
const PER_DAY = 2

const RATE_AFTER = 10
const RATE_ABOVE = 0.85
const STREAK = 20
const SCORE_ALONE = 60
const MEASURED: readonly string[] = ['score', 'cycles', 'correct', 'test']
const LIMITS = { 3: gateLimits(3), 4: gateLimits(4), 5: gateLimits(5) }

/** The day, from 0, of the n-th decision. */
export const dayOfDecision = (n: number): number => Math.floor((n - 1) / PER_DAY)

/**
 * One history of a cell in which everything is judged and nobody is promoted, so that every rule is asked of the same
 * decisions. Where `isChecked`, the short forms are compared with the core's own gates and window now and then.
 */
export function gateHistory(
  random: Random,
  acceptability: number,
  isChecked: boolean,
  decisions = DECISIONS,
): GateHistory {
  const opened: Record<Rule, number | null> = {
    level3: null,
    level4: null,
    level5: null,
    rate: null,
    streak: null,
    score: null,
  }
  const scores: number[] = []
  const window = createRollingWindow()
  let cell = startCell(null)
  let [accepted, inARow] = [0, 0]
  for (let n = 1; n <= decisions; n += 1) {
    // As if it ran at level 3, so that the same decisions count as recommendations and as actions.
    const decision = asCellDecision(simulateDecision(random, acceptability), 3)
    cell = stepCell(cell, decision).cell
    window.add(decision, dayOfDecision(n))
    accepted += decision.outcome ?? 0
    inARow = decision.outcome === 1 ? inARow + 1 : 0

    let known: number | null = null
    const score = (): number => (known ??= quickScore(window.sums))
    const open = (rule: Rule, holds: () => boolean): void => {
      if (opened[rule] === null && holds()) opened[rule] = n
    }
    for (const to of EARNED_LEVELS) open(`level${to}`, () => ownGatesHold(to, cell, score))
    open('rate', () => n >= RATE_AFTER && accepted / n > RATE_ABOVE)
    open('streak', () => inARow >= STREAK)
    open('score', () => score() >= SCORE_ALONE)
    if (SCORED_AFTER.some((after) => after === n)) scores.push(score())

    if (isChecked && n % 37 === 0) {
      window.assertSame()
      assertSameScore(window.sums)
      for (const to of EARNED_LEVELS) assertSameGates(to, cell, score())
    }
    if (n >= SCORED_AFTER[3] && RULES.every((rule) => opened[rule] !== null)) break
  }
  return { opened, scores }
}

/** The four gates of the tables, the cheap ones first. */
export function ownGatesHold(to: EarnedLevel, cell: CellState, score: () => number): boolean {
  const limits: GateLimits = LIMITS[to]
  const test = cell.tests[`level${to}`]
  return (
    cell.cycles >= (limits.cycles ?? 0) &&
    (to === 3 ? cell.correct : cell.correctActions) >= limits.correct &&
    test !== null &&
    passes(test, cell.epoch, to) &&
    score() >= limits.score
  )
}

/** Throws where the core's own gates answer otherwise. */
export function assertSameGates(to: EarnedLevel, cell: CellState, score: number): void {
  const gates = cellGates(to, LIMITS[to], { cell, score, categoryCycles: cell.cycles })
  const core = gates.every(({ name, status }) => !MEASURED.includes(name) || status === 'held')
  if (core !== ownGatesHold(to, cell, () => score)) throw new Error(`The gates of level ${to} answer otherwise`)
}
