import type { Category } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import type { Risk, Undo } from '../domain/effect.ts'
import type { Benchmark } from '../domain/rollout/benchmarks.ts'
import type { Comparison, Side } from '../domain/rollout/compare-with-baseline.ts'
import type { Expansion } from '../domain/rollout/next-to-expand.ts'
import type { PhaseNumber } from '../domain/rollout/phases.ts'
import type { Recommendation } from '../domain/rollout/recommend-level.ts'
import type { Workflow } from '../domain/rollout/workflow.ts'

/** One workflow as an admin describes it. Without a kind all three of category, risk and undo have to be named. */
export type AuditedWorkflow = Omit<Workflow, 'category' | 'risk' | 'undo' | 'isPreparing'> & {
  /** An action kind of ours; what it says of risk and undo holds where it is stricter. */
  readonly kind: string | null
  readonly category: Category | null
  readonly risk: Risk | null
  readonly undo: Undo | null
}

export type RolloutAudit = {
  /** Day 1, as `2026-03-04`; null: today. */
  readonly startsOn: string | null
  readonly workflows: readonly AuditedWorkflow[]
}

/** Days are written as `2026-03-04`, in UTC. */
export type PlannedWorkflowView = Recommendation & {
  readonly name: string
  readonly scope: string
  readonly benchmarks: readonly Benchmark[]
  readonly progress: {
    readonly level: Level
    readonly cycles: number
    readonly needs: number
    readonly decisions: number
    readonly rejections: number
    /** Under full review: so many more decisions of its category first; 0: it is not. */
    readonly fullReviewFor: number
  }
  /** When its scope will have its judged cycles if every run is judged; null: it has nothing to earn. */
  readonly thirtiethOn: string | null
  /** When its scope is to act by itself for the first time; phase null: after day 90. */
  readonly firstGrant: { readonly on: string; readonly phase: PhaseNumber | null } | null
}

export type RolloutPhaseView = {
  readonly phase: PhaseNumber
  readonly fromDay: number
  readonly toDay: number
  readonly from: string
  readonly to: string
  readonly todo: readonly string[]
}

export type RolloutPlanView = {
  readonly startsOn: string
  readonly workflows: readonly PlannedWorkflowView[]
  readonly phases: readonly RolloutPhaseView[]
  readonly later: readonly string[]
  readonly next: readonly Expansion[]
}

export type RolloutComparisonView = Comparison & {
  readonly scope: string
  /** Granted; 2 where nobody granted one. */
  readonly level: Level
  /** When it first acted by itself; null: it has not. */
  readonly since: Date | null
  /** Four weeks after that. */
  readonly dueAt: Date | null
  readonly isDue: boolean
  readonly baseline: Side
  readonly autonomous: Side
  /** How the verdict is reached. */
  readonly rule: string
}
