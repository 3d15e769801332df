import type { Level } from '../ceiling.ts'
import type { Risk } from '../effect.ts'
import { approvalLcb } from '../trust/score.ts'
import { categoryOfScope } from '../trust/scope-score.ts'
import type { DayNumber } from '../trust/score-window.ts'
import { type Benchmark, benchmarksFor } from './benchmarks.ts'
import { type ComparisonVerdict, hasHeld } from './compare-with-baseline.ts'
import { type CycleSource, daysUntilJudged, OBSERVED_DAYS } from './cycles.ts'
import { type Expansion, nextToExpand } from './next-to-expand.ts'
import { type Candidate, type FirstGrant, orderOfWork } from './order-of-work.ts'
import { grantTodo, type Phase, phaseOfDay, type PhaseNumber, phasesFor } from './phases.ts'
import { recommendLevel, type Recommendation } from './recommend-level.ts'
import { type Recommended, withSharedScopes } from './shared-scope.ts'
import { scopeOfWorkflow, type Sensitivity, type Workflow } from './workflow.ts'

/** What is known of a scope today. */
export type Progress = {
  /** Granted; 2 where nobody granted one. */
  readonly level: Level
  /** The day of that grant; null: nobody granted one. */
  readonly grantedOn: DayNumber | null
  /** Judged by a person, in the present stretch. */
  readonly cycles: number
  readonly decisions: number
  readonly rejections: number
  /** Of its week four; null: it is not due. */
  readonly verdict: ComparisonVerdict | null
  /** Under full review: so many more decisions of its category before anything of it may be proposed again; 0: it is not. */
  readonly fullReviewFor: number
}

export const NO_PROGRESS: Progress = {
  level: 2,
  grantedOn: null,
  cycles: 0,
  decisions: 0,
  rejections: 0,
  verdict: null,
  fullReviewFor: 0,
}

export type Audit = {
  readonly workflows: readonly Workflow[]
  /** Day 1. */
  readonly startsOn: DayNumber
}

/** What the workspace knows. A scope or category that is not there is unknown, or unbound. */
export type Known = {
  readonly progress: ReadonlyMap<string, Progress>
  /** The highest level that the policy allows, by category. */
  readonly policy: ReadonlyMap<string, Level>
  readonly today: DayNumber
}

export type PlannedWorkflow = Recommendation & {
  readonly name: string
  readonly scope: string
  readonly benchmarks: readonly Benchmark[]
  readonly progress: Progress
  /** When its scope will have 30 judged cycles if every run is judged; null: it has nothing to earn. */
  readonly thirtiethOn: DayNumber | null
  /** When its scope is to act by itself for the first time; null: not at all, or it does already. */
  readonly firstGrant: { readonly on: DayNumber; readonly phase: PhaseNumber | null } | null
}

export type RolloutPlan = {
  readonly startsOn: DayNumber
  /** In the order of work; what stays with approvals comes last. */
  readonly workflows: readonly PlannedWorkflow[]
  readonly phases: readonly Phase[]
  /** First grants after day 90. */
  readonly later: readonly string[]
  readonly next: readonly Expansion[]
}

/** The whole guide for an audit. Days are UTC; `dateOf` writes one as people read it. */
export function planRollout(audit: Audit, known: Known, dateOf: (day: DayNumber) => string): RolloutPlan {
  const recommended = withSharedScopes(
    audit.workflows.map((workflow) => ({
      workflow,
      recommendation: recommendLevel(workflow, known.policy.get(workflow.category) ?? 5),
    })),
  )
  const scopes = scopesOf(recommended, audit, known)
  const todayDay = known.today - audit.startsOn + 1
  const grantedOn = [...known.progress.values()].flatMap(({ level, grantedOn: on }) =>
    level >= 3 && on !== null ? [on - audit.startsOn + 1] : [],
  )
  const grants = orderOfWork(
    scopes.flatMap(({ candidate }) => candidate ?? []),
    grantedOn,
    todayDay,
  )
  const onDay = (day: number): string => dateOf(audit.startsOn + day - 1)
  const place = (scope: string): number => {
    const at = grants.findIndex((one) => one.scope === scope)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
  const inOrder = scopes.toSorted((a, b) => compare(place(a.scope), place(b.scope)))
  return {
    startsOn: audit.startsOn,
    workflows: recommended
      .map((one) => planned(one, scopes, grants, audit))
      .toSorted(
        (a, b) =>
          Number(b.progress.level >= 3) - Number(a.progress.level >= 3) || compare(place(a.scope), place(b.scope)),
      ),
    phases: phasesFor(recommended, grants, onDay),
    later: grantTodo(grants, null, onDay),
    next: nextToExpand(
      inOrder.map(({ scope, aimAt, progress, candidate }) => ({
        scope,
        aimAt,
        level: progress.level,
        cycles: progress.cycles,
        verdict: progress.verdict,
        isUnderReview: progress.fullReviewFor > 0,
        isBeside: candidate?.isBeside ?? false,
        isDue: grants.some((one) => one.scope === scope && one.day <= todayDay),
      })),
    ),
  }
}

/** Infinity is equal to itself here, which a difference would not say. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

type Scope = {
  readonly scope: string
  readonly aimAt: Level
  readonly progress: Progress
  readonly thirtiethOn: DayNumber
  /** Null: it does not come to act by itself, or it does already. */
  readonly candidate: Candidate | null
}

/** The scopes of the audit. What is only prepared needs no grant and makes none. */
function scopesOf(all: readonly Recommended[], audit: Audit, known: Known): readonly Scope[] {
  const gated = all.filter(({ workflow }) => !workflow.isPreparing)
  const names = [...new Set(gated.map(({ workflow }) => scopeOfWorkflow(workflow)))]
  return names.map((scope) => {
    const inside = gated.filter(({ workflow }) => scopeOfWorkflow(workflow) === scope)
    const progress = known.progress.get(scope) ?? NO_PROGRESS
    const workflows = inside.map(({ workflow }) => workflow)
    const aimAt = inside.reduce<Level>(
      (most, { recommendation }) => (recommendation.aimAt > most ? recommendation.aimAt : most),
      1,
    )
    const thirtiethOn =
      known.today +
      daysUntilJudged(
        progress.cycles,
        workflows.map((one) => sourceOf(one, audit, known)),
      )
    const candidate: Candidate = {
      scope,
      isBeside: verdictsOf(scope, known).some(hasHeld),
      readyDay: thirtiethOn - audit.startsOn + 1,
      record: approvalLcb(progress.decisions - progress.rejections, progress.rejections),
      sensitivity: strictest(
        SENSITIVITIES,
        workflows.map((one) => one.sensitivity),
      ),
      risk: strictest(
        RISKS,
        workflows.map((one) => one.risk),
      ),
      runsPerMonth: workflows.reduce((sum, one) => sum + one.runsPerMonth, 0),
    }
    const isOpen =
      aimAt >= 3 && progress.fullReviewFor === 0 && progress.level < 3 && !verdictsOf(scope, known).includes('worse')
    return { scope, aimAt, progress, thirtiethOn, candidate: isOpen ? candidate : null }
  })
}

/** Of what acts by itself in the same category. */
const verdictsOf = (scope: string, { progress }: Known): readonly (ComparisonVerdict | null)[] =>
  [...progress]
    .filter(([other, { level }]) => level >= 3 && categoryOfScope(other) === categoryOfScope(scope))
    .map(([, { verdict }]) => verdict)

function sourceOf({ runsPerMonth, origin }: Workflow, audit: Audit, known: Known): CycleSource {
  const judgedFrom = audit.startsOn + (origin === 'existing_workflow' ? OBSERVED_DAYS : 0)
  return { runsPerMonth, fromDays: Math.max(0, judgedFrom - known.today) }
}

function planned(
  { workflow, recommendation }: Recommended,
  scopes: readonly Scope[],
  grants: readonly FirstGrant[],
  { startsOn }: Audit,
): PlannedWorkflow {
  const name = scopeOfWorkflow(workflow)
  const scope = workflow.isPreparing ? undefined : scopes.find((one) => one.scope === name)
  const isEarned = recommendation.aimAt >= 3
  const grant = isEarned ? grants.find((one) => one.scope === name) : undefined
  return {
    ...recommendation,
    name: workflow.name,
    scope: name,
    benchmarks: benchmarksFor(workflow),
    progress: scope?.progress ?? NO_PROGRESS,
    thirtiethOn: isEarned ? (scope?.thirtiethOn ?? null) : null,
    firstGrant: grant ? { on: startsOn + grant.day - 1, phase: phaseOfDay(grant.day) } : null,
  }
}

const RISKS: readonly Risk[] = ['high', 'medium', 'low']
const SENSITIVITIES: readonly Sensitivity[] = ['always_a_person', 'high', 'low']

/** The first of the order, strictest first, that is among them. */
const strictest = <T extends string>(order: readonly T[], among: readonly T[]): T => {
  const found = order.find((one) => among.includes(one))
  if (found === undefined) throw new Error('A scope without a workflow')
  return found
}
