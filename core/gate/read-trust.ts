import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { evidence } from '../domain/trust/betting-test.ts'
import { type CategoryLock, decisionsUntilOthers } from '../domain/trust/category-lock.ts'
import type { Attribution } from '../domain/trust/attribution-signal.ts'
import { countDecision } from '../domain/trust/counted-decision.ts'
import { NO_PENALTY, penaltyPoints } from '../domain/trust/penalty.ts'
import { EARNED_LEVELS, threshold } from '../domain/trust/promotion-test.ts'
import { attributionOf, categoryOfScope, scopeWindow } from '../domain/trust/scope-score.ts'
import { cleanApprovalsTo, mostInfluential } from '../domain/trust/score-explanation.ts'
import { displayed, type Score, scoreOf } from '../domain/trust/score.ts'
import { type DayNumber, dayOf } from '../domain/trust/score-window.ts'
import { isStale } from '../domain/trust/staleness.ts'
import { nextTier } from '../domain/trust/tier.ts'
import { isFor, type Standing, standingLevel } from '../domain/trust/standing.ts'
import type { TrustCell } from '../domain/trust/trust-book.ts'
import type { CountedAction } from '../ports/trust-evidence.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import type { Transaction } from '../ports/transaction.ts'
import { competenceOf, headStartOf } from './borrowed-trust.ts'
import type { Context } from './dependencies.ts'
import { policyOfScope } from './policy-that-holds.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import { type Evidence, gatesOf, gatherEvidence } from './gather-evidence.ts'
import { memberNames } from './list-grants.ts'
import { nextStep } from '../domain/trust/may-be-ready.ts'
import { reviewersOf } from './reviewers.ts'
import type { ContributionView, TrustCellView, TrustDetailsView, TrustStepView, TrustView } from './trust-views.ts'
import { becameWords, moreApprovalsWords, PENDING_WORDS, SIGNAL_WORDS, trustWords } from './trust-words.ts'

const NOT_PERMITTED: Refusal = { kind: 'not_permitted', why: 'Only members can see how trust stands.' }
const REPAID_AFTER = 30
const MS_PER_DAY = 86_400_000
const APPROVALS = 300
const SHOWN_STEPS = 50
/** As long as the window of the score can be. */
const DAYS_SHOWN = 365

/** Every scope in which something was decided. */
export async function listTrust(ctx: Context, actor: Actor): Answer<readonly TrustView[]> {
  if (actor.kind === 'agent') return err(NOT_PERMITTED)
  return await ctx.store.read<Result<readonly TrustView[], Refusal>>(actor.workspaceId, async (tx) => {
    const all = await tx.trust.readScopes(null)
    return ok(all.map((one) => scopeView(read(one, lockOf(all, one), dayOf(tx.now.getTime())))))
  })
}

/** One scope, with what its score is made of and what would raise it. */
export async function explainTrust(ctx: Context, actor: Actor, scope: string): Answer<TrustDetailsView> {
  if (actor.kind === 'agent') return err(NOT_PERMITTED)
  return await ctx.store.read<Result<TrustDetailsView, Refusal>>(actor.workspaceId, async (tx) => {
    // A lock anywhere in the category holds here too.
    const all = await tx.trust.readScopes(categoryOfScope(scope))
    const one = all.find((known) => known.scope.scope === scope)
    if (!one) return err({ kind: 'not_found', what: 'this scope: nothing was decided in it yet' })
    return ok(await detailsView(ctx, tx, all, read(one, lockOf(all, one), dayOf(tx.now.getTime()))))
  })
}

type Read = ScopeTrust & {
  readonly score: Score
  readonly window: ReturnType<typeof scopeWindow>
  readonly today: DayNumber
  readonly isStale: boolean
  readonly lock: CategoryLock | null
}

function read(one: ScopeTrust, lock: CategoryLock | null, today: DayNumber): Read {
  const { scope, cells, days } = one
  const window = scopeWindow(days, cells, today)
  const attribution = attributionOf(categoryOfScope(scope.scope))
  const score = scoreOf(window.weighed, attribution, penaltyPoints(scope.penalty))
  return { ...one, window, score, today, lock, isStale: isStale(scope.lastDay, today) }
}

/** A lock holds for the whole category, wherever it began. */
const lockOf = (all: readonly ScopeTrust[], { scope: { scope } }: ScopeTrust): CategoryLock | null =>
  all.find((other) => other.scope.lock !== null && categoryOfScope(other.scope.scope) === categoryOfScope(scope))?.scope
    .lock ?? null

function scopeView({ scope, score, window, isStale: stale, lock }: Read): TrustView {
  const { tier } = nextTier(scope.tier, score.shown, 'aged')
  const points = displayed(score.shown)
  return {
    scope: scope.scope,
    score: points,
    tier,
    stale,
    decisions: window.counted.decisions,
    rejections: window.counted.rejections,
    lastDay: new Date(scope.lastDay * MS_PER_DAY).toISOString().slice(0, 10),
    lock: lock && { cause: lock.cause, decisionsUntilOthers: decisionsUntilOthers(lock) },
    says: trustWords(scope.scope, points, tier, stale, lock !== null),
  }
}

async function detailsView(
  ctx: Context,
  tx: Transaction,
  all: readonly ScopeTrust[],
  found: Read,
): Promise<TrustDetailsView> {
  const { scope, score, window, cells } = found
  const [{ standings }, names, approvals] = await Promise.all([
    tx.snapshot(),
    memberNames(tx),
    tx.evidence.approvals(categoryOfScope(scope.scope), APPROVALS),
  ])
  const known = await Promise.all(cells.map((cell) => gatherEvidence(ctx, tx, cell, all)))
  // Of every version of an agent the same decisions are read.
  const counted = [
    ...new Map(known.flatMap((one) => one.counted).map((step) => [step.actionId, step])).values(),
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const attribution = attributionOf(categoryOfScope(scope.scope))
  const contributions = score.contributions.map(
    ({ signal, points, most }): ContributionView => ({
      signal,
      points,
      most,
      says: signal === 'attribution' && attribution.kind === 'pending' ? PENDING_WORDS : SIGNAL_WORDS[signal],
    }),
  )
  return {
    ...scopeView(found),
    exactScore: score.shown,
    headStart: await headStart(ctx, tx, found, standings),
    penalty: {
      points: penaltyPoints(scope.penalty),
      cyclesLeft: scope.penalty.points === NO_PENALTY.points ? 0 : REPAID_AFTER - scope.penalty.cycles,
    },
    contributions,
    counterfactuals: ([60, 85] as const).map((target) => {
      const approvals = cleanApprovalsTo(target, window.weighed, attribution, scope.penalty)
      return { target, approvals, says: moreApprovalsWords(target, approvals) }
    }),
    cells: cells.map((cell, at) =>
      cellView(cell, known[at] ?? null, standings, tx.now.getTime(), competenceOf(cell.scenario, found.days)),
    ),
    influential: influentialOf(counted, found, attribution),
    history: counted.slice(0, SHOWN_STEPS).map(stepView),
    reviewers: reviewersOf(approvals, names, (await tx.snapshot()).workspace.timeZone),
  }
}

/** The whole workspace is read only where the policy says that something is alike. */
async function headStart(ctx: Context, tx: Transaction, found: Read, standings: readonly Standing[]) {
  const policy = policyOfScope(ctx, await tx.snapshot(), found.cells)
  if ((policy.similar ?? []).length === 0) return null
  return headStartOf(policy, ctx.kinds, found, await tx.trust.readScopes(null), standings, found.today)
}

function influentialOf(
  counted: readonly CountedAction[],
  { window, today }: Read,
  attribution: Attribution,
): TrustDetailsView['influential'] {
  const recent = counted.filter(({ record }) => record.day > today - DAYS_SHOWN)
  const named = recent.map(({ actionId, record }) => ({ id: actionId, decision: countDecision(record.event) }))
  return mostInfluential(window.counted, attribution, named).flatMap(({ id, points }) => {
    const step = recent.find(({ actionId }) => actionId === id)
    return step ? [{ ...stepView(step), points }] : []
  })
}

const stepView = ({ actionId, title, at, record }: CountedAction): TrustStepView => ({
  actionId,
  title,
  at,
  says: becameWords(record.event),
})

function cellView(
  kept: TrustCell,
  evidenceOf: Evidence | null,
  standings: readonly Standing[],
  nowMs: number,
  competence: number,
): TrustCellView {
  const { cell } = kept.history
  const standing = standings.find((one) => isFor(one, kept))
  const next = nextStep(standing ?? null, nowMs)
  return {
    scenario: kept.scenario,
    agentId: kept.agentId,
    agentVersion: kept.agentVersion,
    epoch: cell.epoch,
    level: standing?.level ?? 2,
    inForce: standing ? standingLevel(standing) : 2,
    decisions: kept.version,
    cycles: cell.cycles,
    correct: cell.correct,
    correctActions: cell.correctActions,
    competence,
    evidence: EARNED_LEVELS.map((step) => {
      const test = cell.tests[`level${step}`]
      const has = test && Math.min(evidence(test), Number.MAX_SAFE_INTEGER)
      return { level: step, has, needs: threshold(cell.epoch, step) }
    }),
    lastAt: new Date(kept.countedAtMs),
    next: next && evidenceOf && { level: next, gates: gatesOf(next, evidenceOf) },
  }
}
