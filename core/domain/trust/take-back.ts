import { takeBack } from './cell-history.ts'
import { countDecision } from './counted-decision.ts'
import { NO_SUMS, subtractDecision } from './day-sums.ts'
import { restorePenalty } from './penalty.ts'
import type { TrustDay } from './scope-score.ts'
import { dayOf } from './score-window.ts'
import { isFor, type Standing } from './standing.ts'
import { nextTier } from './tier.ts'
import {
  type Drop,
  firstScope,
  lockIn,
  shownScore,
  type TrustBook,
  type TrustCell,
  type TrustScope,
  withDay,
} from './trust-book.ts'
import type { TrustRecord } from './trust-record.ts'

/** What taking one decision back changes. */
export type TakenBack = {
  readonly cell: TrustCell
  /** What its day loses: sums of 0 or less. */
  readonly day: TrustDay
  readonly siblings: readonly TrustCell[]
  readonly scopes: readonly TrustScope[]
  readonly standings: readonly Standing[]
}

/**
 * As if the decision had not been: the person stated an outside reason within 24 h. Its cell, its day, the points and
 * the levels that it took come back, except what somebody has set since, and what another decision of that day takes
 * too: that one then gives it back, if it is taken back in its turn. Null: it cannot be taken back any more. Section 2.
 */
export function takeBackInBook(book: TrustBook, record: TrustRecord, id: string, atMs: number): TakenBack | null {
  const { cell: key } = record
  const cell = book.versions.find(({ agentVersion }) => agentVersion === key.agentVersion)
  const history = cell ? takeBack(cell.history, id, atMs) : null
  if (!cell || history === null) return null
  const day: TrustDay = {
    scenario: key.scenario,
    agentVersion: key.agentVersion,
    wordingChanges: record.wordingChanges ?? cell.wordingChanges,
    day: record.day,
    sums: subtractDecision(NO_SUMS, countDecision(record.event)),
  }
  const taken: TrustCell = { ...cell, history }
  const own = book.scopes.find(({ scope }) => scope === key.scope) ?? firstScope(key.scope, record.day)
  const drop = own.drops.find((one) => one.id === id) ?? null
  const shownWith = (penalty: TrustScope['penalty']): number =>
    shownScore(key.scope, withDay(book.days, day), book.cells, dayOf(atMs), penalty)
  if (drop === null) {
    const tier = nextTier(own.tier, shownWith(own.penalty), 'decision')
    const moved = tier.tier === own.tier.tier ? [] : [{ ...own, tier }]
    const standings = book.standings.flatMap((now) => tiered(now, key.scope, tier.tier))
    return { cell: taken, day, siblings: [], scopes: moved, standings: moved.length === 0 ? [] : standings }
  }
  const later = book.scopes.flatMap(({ drops }) => drops).filter((one) => one.id !== id && one.atMs >= drop.atMs)
  const isLaterHere = own.drops.some((one) => one.id !== id && one.atMs >= drop.atMs)
  // What took no points left the penalty of an earlier one to be repaid meanwhile.
  const penalty =
    drop.points === 0
      ? own.penalty
      : isLaterHere
        ? { ...own.penalty, points: Math.max(0, own.penalty.points - drop.points) }
        : restorePenalty(drop.penalty, own.penalty.cycles)
  const tier = nextTier(isLaterHere ? own.tier : drop.tier, shownWith(penalty), 'decision')
  const lock = later.some(({ isLock }) => isLock) ? lockIn(book.scopes) : drop.lock
  const standings = book.standings.flatMap((now): readonly Standing[] => {
    const was = drop.touched.find((before) => isFor(before, now))
    const holder = was && later.find((one) => binds(one, was))
    const back = was ? (holder ? heldBy(now, drop, holder) : restored(now, was, drop)) : now
    const [after] = tiered(back, key.scope, tier.tier)
    return after ? [after] : back === now ? [] : [back]
  })
  return {
    cell: taken,
    day,
    siblings: drop.siblings.filter((was) =>
      book.versions.some(({ agentVersion, version }) => agentVersion === was.agentVersion && version === was.version),
    ),
    scopes: book.scopes.map((scope): TrustScope => {
      const drops = scope.drops.filter((one) => one !== drop).map((one) => inherited(one, drop, scope === own))
      return scope === own
        ? { ...scope, penalty, tier, lock, drops }
        : { ...scope, drops, lock: lock === null ? null : scope.lock }
    }),
    standings,
  }
}

const binds = ({ isLock, touched }: Drop, was: Standing): boolean =>
  isLock || touched.some((standing) => isFor(standing, was))

/** It stays as low, by the later one from now on. */
const heldBy = (now: Standing, drop: Drop, later: Drop): Standing =>
  now.atMs === drop.atMs ? { ...now, atMs: later.atMs } : now

/** The tier of its scope, where that is another. */
export const tiered = (standing: Standing, scope: string, tier: Standing['tier']): readonly Standing[] =>
  standing.scope === scope && standing.tier !== tier ? [{ ...standing, tier }] : []

/** As it was before the drop, unless somebody has set it since. */
function restored(now: Standing, was: Standing, drop: Drop): Standing {
  if (now.level === was.level) return now.atMs === was.atMs ? { ...now, isLocked: was.isLocked } : now
  if (now.atMs !== drop.atMs) return now
  const { level, byId, atMs, untilMs, isLocked } = was
  return { ...now, level, byId, atMs, untilMs, isLocked }
}

/** A later drop gives back what this one took, once it is taken back itself. */
function inherited(later: Drop, drop: Drop, isSameScope: boolean): Drop {
  if (later.atMs < drop.atMs) return later
  const kept = later.touched.filter((standing) => !drop.touched.some((was) => isFor(was, standing)))
  return {
    ...later,
    touched: [...kept, ...drop.touched.filter((was) => binds(later, was))],
    lock: later.isLock ? drop.lock : later.lock,
    ...(isSameScope
      ? { tier: drop.tier, penalty: { ...later.penalty, points: Math.max(0, later.penalty.points - drop.points) } }
      : {}),
  }
}
