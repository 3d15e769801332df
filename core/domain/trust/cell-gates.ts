import { evidence } from './betting-test.ts'
import type { CellState } from './cell-state.ts'
import { edgeCaseCount, precision, recall } from './escalation.ts'
import { type Gate, type GateLimits, gate, notYet, percent } from './gate.ts'
import { type EarnedLevel, passes, threshold } from './promotion-test.ts'
import { displayed } from './score.ts'

const OVERRIDES_LOOKED_AT = 20
const MOST_OVERRIDES = 4
const SAME_REASON_TOO_OFTEN = 3

export type CellEvidence = {
  readonly cell: CellState
  /** The shown score of the scope, unrounded. */
  readonly score: number
  /** Validated cycles of the whole category: the sum over its cells, each in its own epoch. */
  readonly categoryCycles: number
}

/** The gates that a cell's own decisions decide. Section 5.2. */
export function cellGates(
  to: EarnedLevel,
  limits: GateLimits,
  { cell, score, categoryCycles }: CellEvidence,
): readonly Gate[] {
  const correct = to === 3 ? cell.correct : cell.correctActions
  const streak = Math.min(cell.policyStreak, limits.judgedWithoutPolicyFailure)
  return [
    gate(
      'score',
      score >= limits.score,
      displayed(score),
      limits.score,
      `The score is ${displayed(score)}; ${limits.score} is needed.`,
    ),
    ...(limits.cycles === null
      ? []
      : [
          gate(
            'cycles',
            categoryCycles >= limits.cycles,
            categoryCycles,
            limits.cycles,
            `Judged by a person in this category: ${categoryCycles}; ${limits.cycles} are needed.`,
          ),
        ]),
    gate(
      'correct',
      correct >= limits.correct,
      correct,
      limits.correct,
      `${correct} correct ${to === 3 ? 'recommendations' : 'actions taken alone'} of this kind since the last serious error; ${limits.correct} are needed.`,
    ),
    testGate(to, cell),
    overridesGate(cell.lastOverrides),
    gate(
      'policy',
      cell.policyStreak >= limits.judgedWithoutPolicyFailure,
      streak,
      limits.judgedWithoutPolicyFailure,
      `${streak} of the last ${limits.judgedWithoutPolicyFailure} judged cycles in a row without a policy failure.`,
    ),
    escalationRateGate(cell.sensitive, limits.escalationRate),
    ...edgeCaseGates(cell, limits),
  ]
}

function testGate(to: EarnedLevel, cell: CellState): Gate {
  const needs = threshold(cell.epoch, to)
  const test = cell.tests[`level${to}`]
  if (test === null) {
    return gate(
      'test',
      false,
      null,
      needs,
      'What it would replace succeeds more than 98 % of the time; no number of decisions could show that this is better.',
    )
  }
  // Shown rounded down, so that what is not enough never looks like it.
  const has = Math.floor(Math.min(evidence(test), Number.MAX_SAFE_INTEGER) * 10) / 10
  return gate(
    'test',
    passes(test, cell.epoch, to),
    has,
    needs,
    `The evidence that more than ${percent(test.p0)} is acceptable stands at ${has}; ${needs} is needed.`,
  )
}

function overridesGate(lastOverrides: CellState['lastOverrides']): Gate {
  const reasons = lastOverrides.filter((reason) => reason !== null)
  const stated = reasons.filter((reason) => reason !== '')
  const repeated = stated.find((reason) => stated.filter((other) => other === reason).length >= SAME_REASON_TOO_OFTEN)
  const counted = `${reasons.length} of the last ${OVERRIDES_LOOKED_AT} were overridden; ${MOST_OVERRIDES} may be`
  return gate(
    'overrides',
    reasons.length <= MOST_OVERRIDES && repeated === undefined,
    reasons.length,
    MOST_OVERRIDES,
    repeated === undefined ? `${counted}.` : `${counted}, and “${repeated}” was the reason too often.`,
  )
}

function escalationRateGate(sensitive: string, most: number): Gate {
  if (sensitive === '') return notYet('escalation_rate', most, 'There was no sensitive action yet.')
  const asked = sensitive.replaceAll('0', '').length
  const rate = asked / sensitive.length
  return gate(
    'escalation_rate',
    rate <= most,
    rate,
    most,
    `It asked about ${asked} of the last ${sensitive.length} sensitive actions; at most ${percent(most)} may need it.`,
  )
}

function edgeCaseGates({ edgeCases }: CellState, { edgeCases: limits }: GateLimits): readonly Gate[] {
  if (limits === null) return []
  const cases = edgeCaseCount(edgeCases)
  const [found, exact] = [recall(edgeCases) ?? 1, precision(edgeCases) ?? 1]
  const finds = limits.recall === null ? edgeCases.missedSerious === 0 : found >= limits.recall
  const holds =
    cases >= limits.cases && edgeCases.kinds.length >= limits.kinds && finds && exact >= (limits.precision ?? 0)
  const missed =
    limits.recall === null
      ? `${edgeCases.missedSerious} serious ones were missed`
      : `it asked about ${percent(found)} of those where it should, and ${percent(exact)} of its questions were right`
  return [
    gate(
      'edge_cases',
      holds,
      cases,
      limits.cases,
      `${cases} edge cases of ${edgeCases.kinds.length} kinds, ${missed}; needed are ${limits.cases} of ${limits.kinds}${
        limits.recall === null
          ? ', none serious missed'
          : `, ${percent(limits.recall)} and ${percent(limits.precision ?? 0)}`
      }.`,
    ),
  ]
}
