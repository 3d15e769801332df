import type { Level } from '../../core/domain/ceiling.ts'
import { TIER_LEVEL } from '../../core/domain/level.ts'
import { cellGates } from '../../core/domain/trust/cell-gates.ts'
import { atLevel, type CellState, startCell } from '../../core/domain/trust/cell-state.ts'
import { countDecision } from '../../core/domain/trust/counted-decision.ts'
import { addDecision, NO_SUMS, scoreSums } from '../../core/domain/trust/day-sums.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { satisfactionOf } from '../../core/domain/trust/evidence-package.ts'
import { type GateName, gateLimits } from '../../core/domain/trust/gate.ts'
import { type DemotionCause, stepCell } from '../../core/domain/trust/next-cell.ts'
import { scoreOf } from '../../core/domain/trust/score.ts'
import { type DayBucket, type DayNumber, scoreWindow } from '../../core/domain/trust/score-window.ts'
import { FIRST_TIER, nextTier, type TierState } from '../../core/domain/trust/tier.ts'
import { ownGatesHold } from './gate-history.ts'
import { asCellDecision } from './simulated-reviewer.ts'

/**
 * One cell with all that its level rests on, by the functions of the core alone: nothing is stored, nobody else is in
 * its scope, and no history is longer than the 90 days of the window.
 */
export type CoreCell = {
  readonly cell: CellState
  /** Newest first. */
  readonly days: readonly DayBucket[]
  readonly tier: TierState
  /** Of every judged decision, oldest first: whether it was overridden. */
  readonly overridden: readonly boolean[]
}

export type CoreEvent = {
  readonly event: DecisionEvent
  /** The level at which it ran by itself; null: a person decided it. */
  readonly ranAtLevel: Level | null
  /** The day of the decision. */
  readonly day: DayNumber
}

export const NEW_CELL: CoreCell = { cell: startCell(null), days: [], tier: FIRST_TIER, overridden: [] }

/** The cell after one more decision, counted today, and why that ended the grant; null: it did not. */
export function countInCore(
  core: CoreCell,
  { event, ranAtLevel, day }: CoreEvent,
  today: DayNumber,
): { readonly core: CoreCell; readonly demotion: DemotionCause | null } {
  const decision = asCellDecision(event, ranAtLevel)
  const { cell, demotion } = stepCell(core.cell, decision)
  const known = core.days.find((bucket) => bucket.day === day) ?? { day, sums: NO_SUMS }
  const days = [
    ...core.days.filter((bucket) => bucket !== known),
    { day, sums: addDecision(known.sums, decision) },
  ].toSorted((a, b) => b.day - a.day)
  const [before, after] = [scoreToday(core, today), scoreToday({ days }, today)]
  const tier = nextTier(core.tier, after, after < before ? 'decision' : 'aged')
  const { isJudged, isOverride } = countDecision(event)
  return {
    core: { cell, days, tier, overridden: isJudged ? [...core.overridden, isOverride] : core.overridden },
    demotion,
  }
}

/** The shown score, in points; nothing takes points below level 4. */
export const scoreToday = ({ days }: Pick<CoreCell, 'days'>, today: DayNumber): number =>
  scoreOf(scoreSums(scoreWindow(days, today).sums), { kind: 'not_applicable' }).shown

/** The level in force where no ceiling is below 3. */
export const levelOf = ({ cell, tier }: CoreCell): Level => {
  const allowed = TIER_LEVEL[tier.tier]
  return cell.level < allowed ? cell.level : allowed
}

export const raisedTo3 = (core: CoreCell): CoreCell => ({ ...core, cell: atLevel(core.cell, 3) })

/** Whether the four gates of the page's tables open level 3. */
export const tableGatesHold = (core: CoreCell, today: DayNumber): boolean =>
  core.cell.level === 2 && ownGatesHold(3, core.cell, () => scoreToday(core, today))

/** The gates of level 3 that do not hold, of all that a history like these can miss. */
export function missingGates({ cell, days, overridden }: CoreCell, today: DayNumber): readonly GateName[] {
  const evidence = { cell, score: scoreToday({ days }, today), categoryCycles: cell.cycles }
  const own = cellGates(3, gateLimits(3), evidence).filter(({ status }) => status === 'missing')
  return [...own.map(({ name }) => name), ...(satisfactionOf(overridden).isFalling ? ['override_trend' as const] : [])]
}
