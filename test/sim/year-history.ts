import type { Level } from '../../core/domain/ceiling.ts'
import { atLevel, startCell } from '../../core/domain/trust/cell-state.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { stepCell } from '../../core/domain/trust/next-cell.ts'
import { NO_PENALTY, type Penalty, penaltyFor, penaltyPoints, repay } from '../../core/domain/trust/penalty.ts'
import { EARNED_LEVELS } from '../../core/domain/trust/promotion-test.ts'
import { FIRST_TIER, nextTier } from '../../core/domain/trust/tier.ts'
import { levelInForce } from '../../core/domain/level.ts'
import type { Random } from '../support/random.ts'
import { assertSameGates, dayOfDecision, ownGatesHold } from './gate-history.ts'
import { assertSameScore, quickScore } from './quick-score.ts'
import { createRollingWindow } from './rolling-window.ts'
import { asCellDecision, simulateApproval, simulateDecision, simulateSeverity } from './simulated-reviewer.ts'

/** What one year with one rule came to. */
export type Year = {
  readonly reviewsAsked: number
  readonly badExecuted: number
  readonly badNeverNoticed: number
  /** How often a grant ended; the naive rules have none. */
  readonly returns: number
}

/** The acceptability of the n-th decision of the year, n from 1. */
export type Agent = (n: number) => number

export const DECISIONS_OF_A_YEAR = 730
/** Share of the actions that a person sees, by the level at which they ran. */
const SEEN: Readonly<Record<Level, number>> = { 1: 1, 2: 1, 3: 0.6, 4: 0.3, 5: 0.2 }

/** A year under the model: every step is taken as soon as its gates are open, as with a consent in advance. */
export function modelYear(random: Random, agent: Agent, isChecked: boolean): Year {
  const window = createRollingWindow()
  const year = { reviewsAsked: 0, badExecuted: 0, badNeverNoticed: 0, returns: 0 }
  let cell = startCell(null)
  let penalty: Penalty = NO_PENALTY
  let tier = FIRST_TIER
  let shown = 0
  let leftHighAutonomyOn: number | null = null

  for (let n = 1; n <= DECISIONS_OF_A_YEAR; n += 1) {
    const day = dayOfDecision(n)
    const { level } = levelInForce({
      grant: cell.level,
      tier: tier.tier,
      ceiling: 5,
      policy: 5,
      isChangedAgent: false,
      isReturning: false,
      locked: false,
    })
    const event = level <= 2 ? simulateDecision(random, agent(n)) : simulateAction(random, agent(n), level, year)
    if (level <= 2) year.reviewsAsked += 1

    const daysSince = leftHighAutonomyOn === null ? null : day - leftHighAutonomyOn
    const decision = asCellDecision(event, level <= 2 ? null : level, daysSince)
    const before = cell
    const step = stepCell(cell, decision)
    cell = step.cell
    window.add(decision, day)
    const base = quickScore(window.sums)
    if (step.demotion === 'rejection_at_high_autonomy') penalty = penaltyFor(shown, base)
    else if (decision.isJudged) penalty = repay(penalty)
    shown = Math.max(0, base - penaltyPoints(penalty))
    tier = nextTier(tier, shown, 'decision')

    for (const to of EARNED_LEVELS) {
      if (isChecked) assertSameGates(to, cell, shown)
      if (to === cell.level + 1 && ownGatesHold(to, cell, () => shown)) {
        cell = atLevel(cell, to)
        break
      }
    }
    if (before.level > 2 && cell.level === 2) year.returns += 1
    if (before.level >= 4 && cell.level < 4) leftHighAutonomyOn = day
    if (cell.level >= 4) leftHighAutonomyOn = null
    if (isChecked && n % 37 === 0) {
      window.assertSame()
      assertSameScore(window.sums)
    }
  }
  return year
}

type Counting = { badExecuted: number; badNeverNoticed: number }

/** One action that runs by itself: seen and kept, seen and undone, or never opened; what was bad is counted. */
export function simulateAction(random: Random, acceptability: number, level: Level, year: Counting): DecisionEvent {
  const isBad = !random.chance(acceptability)
  const isSeen = random.chance(SEEN[level])
  if (isBad) year.badExecuted += 1
  if (!isSeen) {
    if (isBad) year.badNeverNoticed += 1
    return { kind: 'unseen' }
  }
  if (isBad) return { kind: 'undone', severity: simulateSeverity(random) }
  const approval = simulateApproval(random, acceptability)
  return { kind: 'seen', confidence: approval.kind === 'approved' ? approval.confidence : 1 }
}

export type NaiveRule = 'rate' | 'streak'

/** What a person sees once a naive rule lets the agent act: there is nothing between asking and silence. */
const SEEN_BY_NAIVE = SEEN[4]
const WINDOW = 180

/**
 * A year under a rule that looks simple: a rate over 90 days above 85 % after ten decisions, which counts silence as
 * acceptance and asks again when it falls; or twenty in a row, once and for all.
 */
export function naiveYear(random: Random, agent: Agent, rule: NaiveRule): Year {
  const year = { reviewsAsked: 0, badExecuted: 0, badNeverNoticed: 0, returns: 0 }
  const window: number[] = []
  let [good, inARow, acts] = [0, 0, false]
  for (let n = 1; n <= DECISIONS_OF_A_YEAR; n += 1) {
    const isBad = !random.chance(agent(n))
    const isKnown = !acts || random.chance(SEEN_BY_NAIVE)
    if (!acts) year.reviewsAsked += 1
    else if (isBad) {
      year.badExecuted += 1
      if (!isKnown) year.badNeverNoticed += 1
    }
    const looksGood = isBad && isKnown ? 0 : 1
    window.push(looksGood)
    good += looksGood - (window.length > WINDOW ? (window.shift() ?? 0) : 0)
    inARow = looksGood === 1 ? inARow + 1 : 0
    const acted = acts
    acts = rule === 'rate' ? window.length >= 10 && good / window.length > 0.85 : acts || inARow >= 20
    if (acted && !acts) year.returns += 1
  }
  return year
}
