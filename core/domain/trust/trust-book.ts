import { type CategoryLock, decisionsUntilOthers, lockCause, nextLock, startLock } from './category-lock.ts'
import { type CellHistory, nextHistory, startHistory } from './cell-history.ts'
import { type Baseline, startCell, withBaseline } from './cell-state.ts'
import { afterChange } from './changed-agent.ts'
import { countDecision } from './counted-decision.ts'
import { mergeSums, NO_SUMS, subtractDecision, sumsOfDecision } from './day-sums.ts'
import { type CellDecision, type DemotionCause, stepCell } from './next-cell.ts'
import { concernsHighAutonomy, NO_PENALTY, type Penalty, penaltyFor, penaltyPoints, repay } from './penalty.ts'
import { scoreOf } from './score.ts'
import { type CellAge, attributionOf, categoryOfScope, scopeWindow, type TrustDay } from './scope-score.ts'
import { type DayNumber, dayOf } from './score-window.ts'
import { afterCounting, daysSinceHighAutonomy, isFor, type Standing, standingName } from './standing.ts'
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
  /** What the demotions of the last 24 h took, oldest first, so that an outside reason can restore it. */
  readonly drops: readonly Drop[]
}

/** What one decision took from its scope and its category. */
export type Drop = {
  /** The action that it was about. */
  readonly id: string
  readonly atMs: number
  readonly tier: TierState
  readonly penalty: Penalty
  /** The points that it added to the penalty. */
  readonly points: number
  /** The full review of the category before it, and whether it began one. */
  readonly lock: CategoryLock | null
  readonly isLock: boolean
  /** The standings whose level or lock it changed, as they were. */
  readonly touched: readonly Standing[]
  /** The other versions of its agent, whose evidence it ended too, as they were. */
  readonly siblings: readonly TrustCell[]
}

/** What one more decision has to know: the scopes of its category, and of its own scope the cells and days. */
export type TrustBook = {
  readonly scopes: readonly TrustScope[]
  readonly cells: readonly CellAge[]
  /** The cells of its agent in its scenario, one a version of the agent. */
  readonly versions: readonly TrustCell[]
  /** Those of the last 90 may come as one, on the oldest of them: a window takes them all. */
  readonly days: readonly TrustDay[]
  /** Of its category. */
  readonly standings: readonly Standing[]
}

/** What one decision changes: its cell, its day, and seldom a scope. */
export type Counted = {
  readonly cell: TrustCell
  /** What it adds to this day. */
  readonly day: TrustDay
  /** What it takes from the day that it was counted on before; null: it was not. */
  readonly less: TrustDay | null
  /** Other versions of its agent: a demotion ends the evidence of them all. */
  readonly siblings: readonly TrustCell[]
  readonly scopes: readonly TrustScope[]
  readonly standings: readonly Standing[]
  /** What it ended: its own grant, or (a lock) those of its category, and whose level fell; null: nothing. */
  readonly demotion: {
    readonly cause: DemotionCause
    /** Whether its own evidence starts anew. */
    readonly isOwn: boolean
    readonly lowered: readonly Standing[]
  } | null
}

export const firstScope = (scope: string, lastDay: DayNumber): TrustScope => ({
  scope,
  tier: FIRST_TIER,
  penalty: NO_PENALTY,
  lock: null,
  lastDay,
  drops: [],
})

export const cellName = ({ scope, scenario, agentVersion }: CellKey): string => `${scope}/${scenario}/${agentVersion}`

/** The same agent's other versions, in an order of their own: what is kept of them is the same wherever they come from. */
export const otherVersionsIn = ({ versions }: Pick<TrustBook, 'versions'>, version: string): readonly TrustCell[] =>
  versions
    .filter(({ agentVersion }) => agentVersion !== version)
    .toSorted((a, b) => (a.agentVersion < b.agentVersion ? -1 : 1))

/**
 * Counts one decision of the action of this id at this time (ms). The only way in which trust moves: what is carried on
 * in the decision's transaction and what is recomputed from the ledger come out the same to the bit. Sections 2 to 7.
 */
export function countInBook(book: TrustBook, record: TrustRecord, id: string, atMs: number): Counted {
  const { cell: key, agentId, ranAtLevel, event } = record
  const standingKey = { scope: key.scope, scenario: key.scenario, agentId }
  const decision: CellDecision = {
    ...countDecision(event),
    ranAtLevel,
    concernsHighAutonomy: concernsHighAutonomy({
      ranAtLevel,
      daysSinceHighAutonomy: daysSinceHighAutonomy(book.standings, categoryOfScope(key.scope), atMs),
    }),
    reason: record.cause ?? null,
    sensitiveAsked: record.sensitiveAsked ?? null,
    edgeCase: record.edge,
  }
  const before = prepared(book, record, atMs)
  const { cell: stepped, demotion: cause } = stepCell(before.history.cell, decision)
  const cell: TrustCell = {
    ...before,
    version: record.version,
    countedAtMs: atMs,
    history: nextHistory(before.history, { kind: 'decided', id, decision }, atMs),
  }
  const otherVersions = cause === null ? [] : otherVersionsIn(book, key.agentVersion)
  const siblings = otherVersions.map((other) => ({
    ...other,
    history: nextHistory(other.history, { kind: 'epoch_started' }, atMs),
  }))
  const day: TrustDay = {
    scenario: key.scenario,
    agentVersion: key.agentVersion,
    wordingChanges: record.wordingChanges ?? cell.wordingChanges,
    day: record.day,
    sums: sumsOfDecision(decision),
  }
  const less = lessOf(record, day)
  const days = less ? withDay(withDay(book.days, day), less) : withDay(book.days, day)
  const known = book.scopes.find(({ scope }) => scope === key.scope) ?? firstScope(key.scope, record.day)
  const today = Math.max(dayOf(atMs), record.day)
  const others = book.cells.filter(
    ({ scenario, agentVersion }) => scenario !== key.scenario || agentVersion !== key.agentVersion,
  )
  const base = shownScore(key.scope, days, [...others, cell], today, NO_PENALTY)
  const shownBefore = () => shownScore(key.scope, book.days, book.cells, today, known.penalty)
  const penalty =
    cause === 'rejection_at_high_autonomy'
      ? penaltyFor(shownBefore(), base)
      : decision.isJudged
        ? repay(known.penalty)
        : known.penalty
  const shown = Math.max(0, base - penaltyPoints(penalty))
  // Evidence that only grew old lowers no tier: what did not lower the score does not either. Section 3.
  const decided = nextTier(known.tier, shown, 'decision')
  const isDecided = decided.tier === known.tier.tier || shown < shownBefore()
  const tier = isDecided ? decided : nextTier(known.tier, shown, 'aged')
  const locks = lockCause(decision, cause)
  const started = locks === null ? null : startLock(locks, standingName(standingKey))
  const standings = afterCounting(
    book.standings,
    {
      key: standingKey,
      agentVersion: key.agentVersion,
      isProven: stepped.correctUntilFull === 0,
      tier: tier.tier,
      isDemoted: cause !== null,
      isLocked: started !== null,
      isJudged: decision.isJudged,
    },
    atMs,
  )
  const touched = book.standings
    .filter((was) =>
      standings.some((now) => isFor(now, was) && (now.level !== was.level || now.isLocked !== was.isLocked)),
    )
    .toSorted((a, b) => (standingName(a) < standingName(b) ? -1 : 1))
  const drop: Drop = {
    id,
    atMs,
    tier: known.tier,
    penalty: known.penalty,
    points: Math.max(0, penalty.points - known.penalty.points),
    lock: lockIn(book.scopes),
    isLock: started !== null,
    touched,
    siblings: otherVersions,
  }
  const ended = cause ?? locks
  const next: TrustScope = {
    ...known,
    tier,
    penalty,
    lastDay: Math.max(known.lastDay, record.day),
    drops: ended === null ? recent(known.drops, atMs) : [...recent(known.drops, atMs), drop],
  }
  const lowered = touched.filter((was) => standings.some((now) => isFor(now, was) && now.level < was.level))
  // Of one day only one row is written.
  const isSameDay = less !== null && less.day === day.day && less.wordingChanges === day.wordingChanges
  return {
    cell,
    day: isSameDay ? { ...day, sums: mergeSums(day.sums, less.sums) } : day,
    less: isSameDay ? null : less,
    siblings,
    scopes: changedScopes(book.scopes, next, started, decision.countsForGates),
    standings,
    demotion: ended === null ? null : { cause: ended, isOwn: cause !== null, lowered },
  }
}

const MS_TO_STATE_A_REASON = 86_400_000

/** Those that can still be taken back. */
export const recent = (drops: readonly Drop[], atMs: number): readonly Drop[] => {
  const kept = drops.filter((drop) => atMs - drop.atMs <= MS_TO_STATE_A_REASON)
  return kept.length === drops.length ? drops : kept
}

/** What a decision that was counted before, as silence, takes away from the day that it was counted on. */
const lessOf = ({ instead }: TrustRecord, day: TrustDay): TrustDay | null =>
  instead
    ? {
        ...day,
        day: instead.day,
        wordingChanges: instead.wordingChanges ?? day.wordingChanges,
        sums: subtractDecision(NO_SUMS, countDecision(instead.event)),
      }
    : null

/** The shown score of a scope from its days; unrounded. */
export const shownScore = (
  scope: string,
  days: readonly TrustDay[],
  cells: readonly CellAge[],
  today: DayNumber,
  penalty: Penalty,
): number =>
  scoreOf(scopeWindow(days, cells, today).weighed, attributionOf(categoryOfScope(scope)), penaltyPoints(penalty)).shown

/** The full review of a category; wherever it began. */
export const lockIn = (scopes: readonly TrustScope[]): CategoryLock | null =>
  scopes.find(({ lock }) => lock !== null)?.lock ?? null

/** How often the wording of a cell's agent has changed with a decision under this wording. */
export function wordingChangesOf(book: TrustBook, { agentVersion }: CellKey, wording: string): number {
  const own = book.versions.find((cell) => cell.agentVersion === agentVersion)
  return own ? own.wordingChanges + (own.wording === wording ? 0 : 1) : 0
}

const baselineOf = ({ baseline }: TrustRecord): Baseline => baseline ?? null

/** The cell before the decision, with what changed since it was counted last: its agent, its wording, its level. */
function prepared(book: TrustBook, record: TrustRecord, atMs: number): TrustCell {
  const { cell: key, agentId, wording } = record
  const standing = book.standings.find((known) => isFor(known, { ...key, agentId }))
  // Of two in the same millisecond always the same one, in whatever order they were read.
  const newest =
    book.versions.toSorted((a, b) => b.countedAtMs - a.countedAtMs || (a.agentVersion < b.agentVersion ? -1 : 1))[0] ??
    null
  const own = book.versions.find(({ agentVersion }) => agentVersion === key.agentVersion)
  const cell = own ?? {
    ...key,
    agentId,
    wording,
    wordingChanges: 0,
    version: 0,
    countedAtMs: atMs,
    history: startHistory(
      newest ? afterChange(newest.history.cell, 'model', baselineOf(record)) : startCell(baselineOf(record)),
    ),
  }
  let { history, wordingChanges } = cell
  // An agent that comes back to an earlier version brings along how it failed meanwhile.
  if (own && newest && newest !== own && newest.history.cell.drift > history.cell.drift)
    history = nextHistory(history, { kind: 'came_back', drift: newest.history.cell.drift }, atMs)
  const baseline = baselineOf(record)
  if (withBaseline(history.cell, baseline) !== history.cell)
    history = nextHistory(history, { kind: 'baseline_set', baseline }, atMs)
  if (cell.wording !== wording) {
    wordingChanges += 1
    history = nextHistory(history, { kind: 'wording_changed' }, atMs)
  }
  const level = standing?.level ?? 2
  if (history.cell.level !== level) history = nextHistory(history, { kind: 'level_set', level }, atMs)
  return { ...cell, wording, wordingChanges, history }
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
  a.drops === b.drops &&
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
