import { startLock } from './category-lock.ts'
import { explain, nextHistory } from './cell-history.ts'
import { countDecision } from './counted-decision.ts'
import { mergeSums, NO_SUMS, subtractDecision, sumsOfDecision } from './day-sums.ts'
import { dayOf } from './score-window.ts'
import type { TrustDay } from './scope-score.ts'
import { afterCounting, isFor, type Standing, standingName } from './standing.ts'
import { tiered } from './take-back.ts'
import { nextTier } from './tier.ts'
import {
  type Counted,
  type Drop,
  firstScope,
  lockIn,
  shownScore,
  type TrustBook,
  type TrustCell,
  type TrustScope,
  withDay,
  otherVersionsIn,
} from './trust-book.ts'
import type { TrustRecord } from './trust-record.ts'

/** What an explanation changes; its day only where it weighs otherwise. `demotion`: it locked the category. */
export type Explained = Omit<Counted, 'day' | 'less'> & { readonly day?: TrustDay }

/**
 * What was wrong with an override, said within 24 h after it was counted: its reason and whether it should have been asked
 * about are noted where it was counted, and its day weighs it anew (`instead`: what it was counted as). Nothing is earned
 * by it: penalty, full review and their work stay. That it was critical puts the category under full review, now. Null:
 * it cannot be explained any more. Sections 2, 4.2 and 6.
 */
export function explainInBook(book: TrustBook, record: TrustRecord, id: string, atMs: number): Explained | null {
  const { cell: key, instead, cause, edge } = record
  const before = book.versions.find(({ agentVersion }) => agentVersion === key.agentVersion)
  if (!before) return null
  const decision = countDecision(record.event)
  const history = explain(before.history, id, { ...decision, reason: cause ?? null, edgeCase: edge }, atMs)
  if (!history) return null
  const cell: TrustCell = { ...before, history }
  if (!instead) return { cell, siblings: [], scopes: [], standings: [], demotion: null }

  const was = countDecision(instead.event)
  const day: TrustDay = {
    scenario: key.scenario,
    agentVersion: key.agentVersion,
    wordingChanges: record.wordingChanges ?? cell.wordingChanges,
    day: record.day,
    sums: mergeSums(subtractDecision(NO_SUMS, was), sumsOfDecision(decision)),
  }
  const own = book.scopes.find(({ scope }) => scope === key.scope) ?? firstScope(key.scope, record.day)
  const weighed = weighedAnew(book, own, day, id, atMs)
  const tiers = book.standings.flatMap((standing) => tiered(standing, key.scope, weighed.tier.tier))
  const changed = { cell, day, scopes: [weighed], standings: tiers, siblings: [], demotion: null }
  const isLock = decision.severity === 'critical' && was.severity !== 'critical'
  return isLock && !own.drops.some((drop) => drop.id === id && drop.isLock)
    ? locked(book, before, changed, { ...record, id, atMs })
    : changed
}

/** The scope with the score of the new weight. What an undo at high autonomy took stays taken: 15 points, no less. */
function weighedAnew(book: TrustBook, own: TrustScope, day: TrustDay, id: string, atMs: number): TrustScope {
  const baseOf = (days: readonly TrustDay[]): number =>
    shownScore(own.scope, days, book.cells, dayOf(atMs), { points: 0, cycles: 0 })
  const days = withDay(book.days, day)
  const gained = baseOf(days) - baseOf(book.days)
  const drop = own.drops.find((one) => one.id === id && one.points > 0)
  const more = (points: number): number => Math.max(0, points + gained)
  const penalty = drop && own.penalty.points > 0 ? { ...own.penalty, points: more(own.penalty.points) } : own.penalty
  const drops = drop ? own.drops.map((one) => (one === drop ? { ...one, points: more(one.points) } : one)) : own.drops
  const tier = nextTier(own.tier, shownScore(own.scope, days, book.cells, dayOf(atMs), penalty), 'decision')
  return { ...own, penalty, drops, tier }
}

type Said = TrustRecord & { readonly id: string; readonly atMs: number }

/** The category under full review from now on, and its own evidence at the start of a new epoch. */
function locked(book: TrustBook, before: TrustCell, changed: Explained, said: Said): Explained {
  const { cell: key, agentId, id, atMs } = said
  const { cell } = changed
  const standingKey = { scope: key.scope, scenario: key.scenario, agentId }
  const [weighed] = changed.scopes
  if (!weighed) return changed
  const now = book.standings.map((one) => changed.standings.find((after) => isFor(after, one)) ?? one)
  const own = now.find((one) => isFor(one, standingKey))
  const lowered = afterCounting(
    now,
    {
      key: standingKey,
      agentVersion: own?.agentVersion ?? key.agentVersion,
      isProven: own?.isProven ?? true,
      tier: weighed.tier.tier,
      isDemoted: true,
      isLocked: true,
      isJudged: false,
    },
    atMs,
  )
  const isOwn = cell.history.cell.epoch > before.history.cell.epoch
  const others = isOwn ? otherVersionsIn(book, key.agentVersion) : []
  const earlier = weighed.drops.find((drop) => drop.id === id)
  const standings = withEarlier(now, lowered, earlier, atMs)
  const touched = book.standings.filter((one) => standings.some((after) => isFor(after, one)))
  const drop: Drop = {
    id,
    tier: weighed.tier,
    penalty: weighed.penalty,
    points: 0,
    siblings: others,
    ...earlier,
    atMs,
    isLock: true,
    lock: lockIn(book.scopes),
    touched: [...(earlier?.touched ?? []), ...touched.filter((one) => !earlier?.touched.some((it) => isFor(it, one)))],
  }
  const scope = { ...weighed, drops: [...weighed.drops.filter((one) => one !== earlier), drop] }
  return {
    ...changed,
    standings: [...changed.standings.filter((one) => !standings.some((after) => isFor(after, one))), ...standings],
    siblings: others.map((one) => ({ ...one, history: nextHistory(one.history, { kind: 'epoch_started' }, atMs) })),
    scopes: [
      { ...scope, lock: startLock('critical_finding', standingName(standingKey)) },
      ...book.scopes
        .filter((one) => one.scope !== scope.scope && one.lock !== null)
        .map((one) => ({ ...one, lock: null })),
    ],
    demotion: {
      cause: 'critical_finding',
      isOwn,
      lowered: touched.filter((one) => standings.some((after) => isFor(after, one) && after.level < one.level)),
    },
  }
}

/** What this decision lowered before is from now on held by what it lowers now, so that both come back together. */
function withEarlier(
  now: readonly Standing[],
  lowered: readonly Standing[],
  earlier: Drop | undefined,
  atMs: number,
): readonly Standing[] {
  if (!earlier) return lowered
  const held = now
    .filter((one) => one.atMs === earlier.atMs && earlier.touched.some((was) => isFor(was, one)))
    .map((one) => ({ ...(lowered.find((after) => isFor(after, one)) ?? one), atMs }))
  return [...lowered.filter((one) => !held.some((after) => isFor(after, one))), ...held]
}
