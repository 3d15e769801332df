import type { Benchmark } from '../domain/trust/benchmarks.ts'
import type { PolicyDocument } from './policy.ts'

/** The benchmarks of a category in this policy; none where none are set. A month is 30 days. */
export const benchmarksOf = (policy: PolicyDocument, category: string): readonly Benchmark[] =>
  (policy.benchmarks ?? [])
    .filter((benchmark) => benchmark.category === category)
    .map(({ metric, floor, ceiling, period }) => ({ metric, floor, ceiling, days: period === 'week' ? 7 : 30 }))
