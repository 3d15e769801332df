import { benchmarkState, type BenchmarkState, missedNow, outcomeDelayDays } from '../domain/trust/benchmarks.ts'
import { OUTCOMES_WITHIN_DAYS } from '../domain/trust/service-gates.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { Transaction } from '../ports/transaction.ts'
import { benchmarksOf } from '../rules/benchmarks.ts'
import type { PolicyDocument } from '../rules/policy.ts'

export type ScopeBenchmarks = BenchmarkState & {
  /** In whole days; null: nothing is due yet. */
  readonly delayDays: number | null
}

/** Where a scope stands against the benchmarks of its category in a policy that holds there; null: none are set. */
export async function scopeBenchmarks(
  tx: Transaction,
  { policy, version }: { readonly policy: PolicyDocument; readonly version: number },
  scope: string,
): Promise<ScopeBenchmarks | null> {
  const benchmarks = benchmarksOf(policy, categoryOfScope(scope))
  if (benchmarks.length === 0) return null
  const { measured, waited } = await tx.outcomes.ofScope(
    scope,
    benchmarks.map(({ metric }) => metric),
    version,
  )
  return { ...benchmarkState(benchmarks, measured), delayDays: outcomeDelayDays(waited) }
}

/** The benchmarks of its category that the newest period of a scope missed. */
export async function missedBenchmarks(tx: Pick<Transaction, 'outcomes'>, policy: PolicyDocument, scope: string) {
  const benchmarks = benchmarksOf(policy, categoryOfScope(scope))
  if (benchmarks.length === 0) return []
  const metrics = benchmarks.map(({ metric }) => metric)
  return missedNow(benchmarks, (await tx.outcomes.ofScope(scope, metrics, null)).measured)
}

/** Whether promotions pause: outcomes are late, or the newest period missed a benchmark. */
export const isPaused = (state: ScopeBenchmarks | null): boolean =>
  state !== null && ((state.delayDays ?? 0) > OUTCOMES_WITHIN_DAYS || state.periodsMissed > 0)
