import { benchmarkState, type BenchmarkState, outcomeDelayDays } from '../domain/trust/benchmarks.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { Transaction } from '../ports/transaction.ts'
import { benchmarksOf } from '../rules/benchmarks.ts'
import type { PolicyDocument } from '../rules/policy.ts'

/** Outcomes that are later than this are no feed: promotions pause, and nothing above level 3 stays. Sections 5.2, 5.5. */
export const OUTCOMES_WITHIN_DAYS = 7

export type ScopeBenchmarks = BenchmarkState & {
  /** In whole days, of the slowest; null: nothing ran yet that could have one. */
  readonly delayDays: number | null
}

/** Where a scope stands against the benchmarks of its category; null: none are set. */
export async function scopeBenchmarks(
  tx: Transaction,
  policy: PolicyDocument,
  scope: string,
): Promise<ScopeBenchmarks | null> {
  const benchmarks = benchmarksOf(policy, categoryOfScope(scope))
  if (benchmarks.length === 0) return null
  const { measured, due } = await tx.outcomes.ofScope(
    scope,
    benchmarks.map(({ metric }) => metric),
  )
  const nowMs = tx.now.getTime()
  return { ...benchmarkState(benchmarks, measured, nowMs), delayDays: outcomeDelayDays(due, nowMs) }
}

/** Whether promotions pause: outcomes are late, or the newest period missed a benchmark. */
export const isPaused = (state: ScopeBenchmarks | null): boolean =>
  state !== null && ((state.delayDays ?? 0) > OUTCOMES_WITHIN_DAYS || state.periodsMissed > 0)
