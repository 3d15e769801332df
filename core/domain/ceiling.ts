import type { Band } from './band.ts'
import type { Risk, Undo } from './effect.ts'

export const LEVELS = [1, 2, 3, 4, 5] as const
export type Level = (typeof LEVELS)[number]

type Reversibility = 'reversible' | 'partly' | 'irreversible'

const REVERSIBILITY: Readonly<Record<Undo, Reversibility>> = {
  exact: 'reversible',
  compensating: 'partly',
  held: 'partly',
  none: 'irreversible',
}

/** Trust model, section 5.5: risk × reversibility. */
const CEILINGS: Readonly<Record<Risk, Readonly<Record<Reversibility, Level>>>> = {
  low: { reversible: 5, partly: 4, irreversible: 2 },
  medium: { reversible: 4, partly: 3, irreversible: 2 },
  high: { reversible: 3, partly: 2, irreversible: 2 },
}

const RAISED: Readonly<Record<Risk, Risk>> = { low: 'medium', medium: 'high', high: 'high' }

/** The level that an action can never pass, whatever was granted. A large band raises the risk by one class. */
export function ceilingOf(risk: Risk, undo: Undo, band: Band): Level {
  return CEILINGS[band === 'large' ? RAISED[risk] : risk][REVERSIBILITY[undo]]
}

export type CeilingEvidence = {
  readonly risk: Risk
  readonly undo: Undo
  readonly band: Band
  /** Of the always-a-person classes, where no owner has relaxed them. */
  readonly isAlwaysAPerson: boolean
  /** Clinical health decisions and whatever else is under a hard constraint; `allowed` is what policy owners said. */
  readonly hardConstraint: { readonly allowed: Level | null } | null
  /** A new channel or audience segment that has no baseline of its own. */
  readonly isNewGround: boolean
  /** Whole days since outcomes last arrived; null: none are expected here. */
  readonly outcomesAgeDays: number | null
  /** Whether the data is below the workspace's floor of quality. */
  readonly isDataPoor: boolean
}

export type CeilingReason =
  | 'risk_and_undo'
  | 'always_a_person'
  | 'hard_constraint'
  | 'new_ground'
  | 'stale_outcomes'
  | 'poor_data'

export type Ceiling = {
  readonly level: Level
  readonly reason: CeilingReason
  /** No promotion until it is better. */
  readonly isPromotionPaused: boolean
}

const OUTCOMES_STALE_AFTER_DAYS = 7

/** The lowest of all rules of section 5.5, and which of them it was; on a tie the one that lasts longest is named. */
export function ceilingWithReason(evidence: CeilingEvidence): Ceiling {
  const { risk, undo, band, hardConstraint, outcomesAgeDays } = evidence
  const isStale = outcomesAgeDays !== null && outcomesAgeDays > OUTCOMES_STALE_AFTER_DAYS
  const rules: readonly (readonly [CeilingReason, boolean, Level])[] = [
    ['always_a_person', evidence.isAlwaysAPerson, 2],
    ['hard_constraint', hardConstraint !== null, notFull(hardConstraint?.allowed ?? 2)],
    ['new_ground', evidence.isNewGround, 2],
    ['stale_outcomes', isStale, 3],
    ['poor_data', evidence.isDataPoor, 3],
  ]
  let [reason, level]: [CeilingReason, Level] = ['risk_and_undo', ceilingOf(risk, undo, band)]
  for (const [rule, applies, most] of rules) if (applies && most < level) [reason, level] = [rule, most]
  return { level, reason, isPromotionPaused: isStale || evidence.isDataPoor }
}

/** Under a hard constraint level 5 is never reached, whatever owners say. */
const notFull = (level: Level): Level => (level === 5 ? 4 : level)
