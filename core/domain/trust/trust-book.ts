import { type CategoryLock, decisionsUntilOthers, lockCause, nextLock, startLock } from './category-lock.ts'
import { type CellHistory, nextHistory, startHistory } from './cell-history.ts'
import { startCell } from './cell-state.ts'
import { countDecision } from './counted-decision.ts'
import { mergeSums, NO_SUMS, sumsOfDecision } from './day-sums.ts'
import { type CellDecision, stepCell } from './next-cell.ts'
import { concernsHighAutonomy, NO_PENALTY, type Penalty, penaltyFor, penaltyPoints, repay } from './penalty.ts'
import { scoreOf } from './score.ts'
import { type CellAge, attributionOf, categoryOfScope, scopeWindow, type TrustDay } from './scope-score.ts'
import { type DayNumber, dayOf } from './score-window.ts'
import { FIRST_TIER, nextTier, type TierState } from './tier.ts'
import type { CellKey, TrustRecord } from './trust-record.ts'

/** A cell as it is kept. */
export type TrustCell = CellKey &
  CellAge & {
    /** Counted decisions so far. */
    readonly version: number
    /** The wording that its newest decision was made under. */
    readonly wording: string
    readonly history: CellHistory
  }

/** What of a scope changes rarely. */
export type TrustScope = {
  readonly scope: string
  readonly tier: TierState
  readonly penalty: Penalty
  /** Full review of the whole category; kept where it began. */
  readonly lock: CategoryLock | null
  /** The newest day of a decision. */
  readonly lastDay: DayNumber
}

/** What one more decision has to know: the scopes of its category, and of its own scope the cells and days. */
export type TrustBook = {
  readonly scopes: readonly TrustScope[]
  readonly cells: readonly CellAge[]
  /** The cell that it belongs to; null: it is the first. */
  readonly cell: TrustCell | null
  readonly days: readonly TrustDay[]
}

/** What one decision changes: its cell, its day, and seldom a scope. */
export type Counted = {
  readonly cell: TrustCell
  /** What it adds to this day. */
  readonly day: TrustDay
  readonly scopes: readonly TrustScope[]
}

export const firstScope = (scope: string, lastDay: DayNumber): TrustScope => ({
  scope,
  tier: FIRST_TIER,
  penalty: NO_PENALTY,
  lock: null,
  lastDay,
})

export const cellName = ({ scope, scenario, agentVersion }: CellKey): string => `${scope}/${scenario}/${agentVersion}`

/**
 * Counts one decision of the action of this id at this time (ms). The only way in which trust moves: what is carried on
 * in the decision's transaction and what is recomputed from the ledger come out the same to the bit. Sections 2 to 7.
 */
export function countInBook(book: TrustBook, record: TrustRecord, id: string, atMs: number): Counted {
  const { cell: key, ranAtLevel, event } = record
  const decision: CellDecision = {
    ...countDecision(event),
    ranAtLevel,
    concernsHighAutonomy: concernsHighAutonomy({ ranAtLevel, daysSinceHighAutonomy: null }),
    reason: null,
    sensitiveAsked: null,
    edgeCase: null,
  }
  const before = worded(book.cell, record, atMs)
  const { demotion } = stepCell(before.history.cell, decision)
  const cell: TrustCell = {
    ...before,
    version: record.version,
    countedAtMs: atMs,
    history: nextHistory(before.history, { kind: 'decided', id, decision }, atMs),
  }
  const day: TrustDay = {
    scenario: key.scenario,
    agentVersion: key.agentVersion,
    wordingChanges: cell.wordingChanges,
    day: record.day,
    sums: sumsOfDecision(decision),
  }
  const others = book.cells.filter(
    ({ scenario, agentVersion }) => scenario !== key.scenario || agentVersion !== key.agentVersion,
  )
  const scope = book.scopes.find((known) => known.scope === key.scope) ?? null
  const attribution = attributionOf(categoryOfScope(key.scope))
  const today = Math.max(dayOf(atMs), record.day)
  const scoreWith = (days: readonly TrustDay[], cells: readonly CellAge[], penalty: Penalty) =>
    scoreOf(scopeWindow(days, cells, today).weighed, attribution, penaltyPoints(penalty))
  const days = withDay(book.days, day)
  const cells = [...others, cell]
  const { base } = scoreWith(days, cells, NO_PENALTY)
  const penaltyBefore = scope?.penalty ?? NO_PENALTY
  const penalty =
    demotion === 'rejection_at_high_autonomy'
      ? penaltyFor(scoreWith(book.days, book.cells, penaltyBefore).shown, base)
      : decision.isJudged
        ? repay(penaltyBefore)
        : penaltyBefore
  const shown = Math.max(0, base - penaltyPoints(penalty))
  const next: TrustScope = {
    scope: key.scope,
    tier: nextTier(scope?.tier ?? FIRST_TIER, shown, 'decision'),
    penalty,
    lock: scope?.lock ?? null,
    lastDay: Math.max(scope?.lastDay ?? record.day, record.day),
  }
  const cause = lockCause(decision, demotion)
  const started = cause === null ? null : startLock(cause, cellName(key))
  return { cell, day, scopes: changedScopes(book.scopes, next, started, decision.countsForGates) }
}

/** The cell before the decision, with the change of wording that came before it. */
function worded(cell: TrustCell | null, record: TrustRecord, atMs: number): TrustCell {
  if (cell === null)
    return {
      ...record.cell,
      agentId: record.agentId,
      wording: record.wording,
      wordingChanges: 0,
      version: 0,
      countedAtMs: atMs,
      history: startHistory(startCell(null)),
    }
  if (cell.wording === record.wording) return cell
  return {
    ...cell,
    wording: record.wording,
    wordingChanges: cell.wordingChanges + 1,
    history: nextHistory(cell.history, { kind: 'wording_changed' }, atMs),
  }
}

/** The scopes that are not what they were. A category has one lock, the newest; it counts what is decided under it. */
function changedScopes(
  scopes: readonly TrustScope[],
  next: TrustScope,
  started: CategoryLock | null,
  counts: boolean,
): readonly TrustScope[] {
  const all = [...scopes.filter(({ scope }) => scope !== next.scope), next].map((scope): TrustScope => {
    if (started !== null) return { ...scope, lock: scope.scope === next.scope ? started : null }
    const { lock } = scope
    return lock !== null && counts && decisionsUntilOthers(lock) > 0 ? { ...scope, lock: nextLock(lock) } : scope
  })
  return all.filter((scope) => {
    const before = scopes.find((known) => known.scope === scope.scope)
    return before === undefined || !isSameScope(before, scope)
  })
}

const isSameScope = (a: TrustScope, b: TrustScope): boolean =>
  a.tier.tier === b.tier.tier &&
  a.tier.best === b.tier.best &&
  a.penalty.points === b.penalty.points &&
  a.penalty.cycles === b.penalty.cycles &&
  a.lastDay === b.lastDay &&
  a.lock?.decisions === b.lock?.decisions &&
  a.lock?.offender === b.lock?.offender &&
  a.lock?.cause === b.lock?.cause

/** The days with one more decision's sums in them. */
export function withDay(days: readonly TrustDay[], added: TrustDay): readonly TrustDay[] {
  const isIt = (day: TrustDay): boolean =>
    day.day === added.day &&
    day.scenario === added.scenario &&
    day.agentVersion === added.agentVersion &&
    day.wordingChanges === added.wordingChanges
  const known = days.find(isIt)
  const sums = mergeSums(known?.sums ?? NO_SUMS, added.sums)
  return known ? days.map((day) => (isIt(day) ? { ...day, sums } : day)) : [...days, { ...added, sums }]
}
