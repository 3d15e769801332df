import { takeBack } from './cell-history.ts'
import { countDecision } from './counted-decision.ts'
import { NO_SUMS, subtractDecision } from './day-sums.ts'
import { restorePenalty } from './penalty.ts'
import type { TrustDay } from './scope-score.ts'
import { dayOf } from './score-window.ts'
import { isFor, type Standing } from './standing.ts'
import { nextTier } from './tier.ts'
import { firstScope, shownScore, type TrustBook, type TrustCell, type TrustScope, withDay } from './trust-book.ts'
import type { TrustRecord } from './trust-record.ts'

/** What taking one decision back changes. */
export type TakenBack = {
  readonly cell: TrustCell
  /** What its day loses: sums of 0 or less. */
  readonly day: TrustDay
  readonly scopes: readonly TrustScope[]
  readonly standings: readonly Standing[]
}

/**
 * As if the decision had not been: the person stated an outside reason within 24 h. Its cell, its day, the points and
 * the levels that it took come back, except where somebody has set them since. Null: it cannot be taken back any more.
 * Section 2.
 */
export function takeBackInBook(book: TrustBook, record: TrustRecord, id: string, atMs: number): TakenBack | null {
  const { cell: key } = record
  const cell = book.versions.find(({ agentVersion }) => agentVersion === key.agentVersion)
  const history = cell ? takeBack(cell.history, id, atMs) : null
  if (!cell || history === null) return null
  const day: TrustDay = {
    scenario: key.scenario,
    agentVersion: key.agentVersion,
    wordingChanges: cell.wordingChanges - (cell.wording === record.wording ? 0 : 1),
    day: record.day,
    sums: subtractDecision(NO_SUMS, countDecision(record.event)),
  }
  const scope = book.scopes.find((known) => known.scope === key.scope) ?? firstScope(key.scope, record.day)
  const drop = scope.drop?.id === id ? scope.drop : null
  const penalty = drop ? restorePenalty(drop.penalty, scope.penalty.cycles) : scope.penalty
  const shown = shownScore(key.scope, withDay(book.days, day), book.cells, dayOf(atMs), penalty)
  const tier = nextTier(drop?.tier ?? scope.tier, shown, 'decision')
  const restored: TrustScope = { ...scope, penalty, tier, lock: drop ? drop.lock : scope.lock, drop: null }
  const standings = book.standings.flatMap((now): readonly Standing[] => {
    const was = drop?.lowered.find((before) => isFor(before, now))
    // Where somebody has set it since, that stands.
    const isUntouched = was !== undefined && now.atMs === drop?.atMs
    const levels = isUntouched
      ? { level: was.level, byId: was.byId, atMs: was.atMs, untilMs: was.untilMs, isLocked: was.isLocked }
      : {}
    const tiers = now.scope === key.scope ? { tier: tier.tier } : {}
    return isUntouched || now.scope === key.scope ? [{ ...now, ...tiers, ...levels }] : []
  })
  return { cell: { ...cell, history }, day, scopes: [restored], standings }
}
