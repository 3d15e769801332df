import { BANDS, type Band } from '../domain/band.ts'
import { ceilingOf, type Level } from '../domain/ceiling.ts'
import { countDecision } from '../domain/trust/counted-decision.ts'
import { errorRecovery, satisfactionOf } from '../domain/trust/evidence-package.ts'
import { type Gate, notYet } from '../domain/trust/gate.ts'
import { type GateEvidence, gatesFor } from '../domain/trust/gates.ts'
import { isSerious } from '../domain/trust/rejection-severity.ts'
import type { EarnedLevel } from '../domain/trust/promotion-test.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import { SLOT_GRACE_MS } from '../domain/timing.ts'
import type { ServiceEvidence } from '../domain/trust/service-gates.ts'
import { isStale } from '../domain/trust/staleness.ts'
import { standingName } from '../domain/trust/standing.ts'
import { shownScore, type TrustCell } from '../domain/trust/trust-book.ts'
import type { WallsEvidence } from '../domain/trust/walls-gate.ts'
import type { Kind } from '../ports/kind.ts'
import type { CountedAction, LedgerCheck, StoredApproval } from '../ports/trust-evidence.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import type { Context } from './dependencies.ts'
import { policyOfCell } from './policy-that-holds.ts'
import { isPaused, type ScopeBenchmarks, scopeBenchmarks } from './scope-outcomes.ts'
import { theatreOf } from './reviewers.ts'
import { wallsOfCell } from './walls-of-cell.ts'

/** Everything that a raise of one cell is judged on. */
export type Evidence = GateEvidence & { readonly counted: readonly CountedAction[]; readonly unrecorded: Unrecorded }

/** Gates of which nothing is recorded here yet: each is listed, stops nothing, and is not said to hold. Section 5.2. */
type Unrecorded = Partial<Record<Gate['name'], string>>

const WITHOUT_BENCHMARKS: Unrecorded = {
  benchmarks: 'No benchmarks are set for this yet.',
  kpi: 'Nothing was compared with a control group yet.',
}

const HISTORY = 500
/** How many of a category's newest approvals tell how they were made. */
export const APPROVALS = 300
const DAYS_OF_SATISFACTION = 90
const DUE_LOOKED_AT = 30
const MS_PER_DAY = 86_400_000

/** Reads what a cell's next step is judged on. `all`: the scopes of its category. */
export async function gatherEvidence(
  ctx: Pick<Context, 'kinds' | 'compiled'>,
  tx: Transaction,
  cell: TrustCell,
  all: readonly ScopeTrust[],
): Promise<Evidence> {
  const category = categoryOfScope(cell.scope)
  const snapshot = await tx.snapshot()
  const { policy, version, stands } = policyOfCell(ctx, snapshot, cell)
  const own = all.find(({ scope }) => scope.scope === cell.scope)
  const [counted, approvals, slots, windows, check] = await Promise.all([
    tx.evidence.counted(cell, HISTORY),
    tx.evidence.approvals(category, APPROVALS),
    tx.evidence.slots(category, DUE_LOOKED_AT, SLOT_GRACE_MS),
    tx.evidence.slotWindows(category, SLOT_GRACE_MS),
    tx.evidence.lastLedgerCheck(),
  ])
  const today = dayOf(tx.now.getTime())
  const everSpent = (await tx.evidence.exposure(cell, new Date(0))).mostMinor > 0
  const benchmarks = await scopeBenchmarks(tx, { policy, version }, cell.scope)
  const service = {
    ...serviceOf(slots, windows, benchmarks),
    ...wallsOfCell(cell, policy, stands, everSpent),
    auditLog: auditLogOf(check, tx.now),
  }
  return {
    cell: cell.history.cell,
    score: own ? shownScore(cell.scope, own.days, own.cells, today, own.scope.penalty) : 0,
    categoryCycles: all.flatMap(({ cells }) => cells).reduce((sum, { history }) => sum + history.cell.cycles, 0),
    service,
    people: peopleOf(counted, approvals, tx.now),
    place: {
      isStale: own ? isStale(own.scope.lastDay, today) : true,
      ceiling: ceilingOfCell(policy, stands?.kind ?? null, cell),
      isPaused: isPaused(benchmarks),
      lock: all.find(({ scope }) => scope.lock !== null)?.scope.lock ?? null,
      cellName: standingName(cell),
    },
    consent: null,
    counted,
    unrecorded: benchmarks === null ? WITHOUT_BENCHMARKS : {},
  }
}

/** The gates of the step to this level; those of which nothing is recorded yet say so. */
export const gatesOf = (to: EarnedLevel, evidence: Evidence): readonly Gate[] =>
  gatesFor(to, evidence).map((gate) => {
    const says = evidence.unrecorded[gate.name]
    return says === undefined ? gate : notYet(gate.name, gate.needs, says)
  })

function serviceOf(
  slots: ServiceEvidence['last30'],
  windows: ServiceEvidence['windows'],
  benchmarks: ScopeBenchmarks | null,
): Omit<ServiceEvidence, 'auditLog' | keyof WallsEvidence> {
  return {
    last30: slots,
    windows,
    hasBenchmarks: benchmarks !== null,
    outcomeDelayDays: benchmarks?.delayDays ?? null,
    kpi: {
      reallocates: false,
      canRandomise: false,
      expectedConversionsIn90Days: 0,
      lift: null,
      positiveCohorts: 0,
      periodsMet: benchmarks?.periodsMet ?? 0,
      reviewsMet: benchmarks?.reviewsMet ?? 0,
      isWorseThanApproved: benchmarks?.isWorseThanApproved ?? null,
    },
  }
}

const CHECK_HOLDS_MS = 2 * MS_PER_DAY

/** Versions of a subject have no gaps by the database's own rule; whether they are what was sealed takes a recomputation. */
function auditLogOf(check: LedgerCheck | null, now: Date): ServiceEvidence['auditLog'] {
  if (check === null) return 'complete'
  if (check.found > 0) return 'incomplete'
  return now.getTime() - check.at.getTime() <= CHECK_HOLDS_MS ? 'complete_and_verified' : 'complete'
}

function peopleOf(
  newestFirst: readonly CountedAction[],
  approvals: readonly StoredApproval[],
  now: Date,
): GateEvidence['people'] {
  const counted = newestFirst
    .toReversed()
    .map(({ at, record }) => ({ at, record, decision: countDecision(record.event) }))
  const judged = counted.filter(({ decision }) => decision.isJudged)
  const recent = judged.filter(({ at }) => now.getTime() - at.getTime() <= DAYS_OF_SATISFACTION * MS_PER_DAY)
  const { errors, learned } = errorRecovery(
    counted
      .filter(({ decision }) => decision.isJudged || decision.outcome === 0)
      .map(({ record, decision }) => ({
        isError: decision.severity !== null && isSerious(decision.severity),
        isCaught: record.event.kind === 'policy_failed' || record.event.kind === 'reversed_by_agent',
        reason: record.cause ?? null,
      })),
  )
  return {
    isTheatre: theatreOf(approvals).length > 0,
    isOverridingMore: satisfactionOf(recent.map(({ decision }) => decision.isOverride)).isFalling,
    errors,
    learned,
  }
}

/** The ceiling of a cell's kind in its band, under the policy's own level. */
function ceilingOfCell(policy: PolicyDocument, kind: Kind | null, cell: TrustCell): Level {
  const [category, band] = cell.scope.split('.')
  if (!kind) return 2
  const ceiling = ceilingOf(kind.risk, kind.effect.undo, bandNamed(band))
  const levels: Readonly<Record<string, Level | undefined>> = policy.levels ?? {}
  const most = levels[category ?? ''] ?? 5
  return ceiling < most ? ceiling : most
}

/** An unknown band is the strictest. */
const bandNamed = (name: string | undefined): Band => BANDS.find((band) => band === name) ?? 'large'
