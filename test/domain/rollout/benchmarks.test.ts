import { expect, it, test } from 'vitest'
import { CATEGORIES } from '../../../core/domain/category.ts'
import { benchmarksFor } from '../../../core/domain/rollout/benchmarks.ts'
import { plainWorkflow } from '../../support/any-workflow.ts'

const valueOf = (measure: string, given: Partial<typeof plainWorkflow>) =>
  benchmarksFor({ ...plainWorkflow, ...given }).find((one) => one.measure === measure)?.value

test.each([
  ['the floor', null, 0.8],
  ['a process below the floor', 0.6, 0.8],
  ['a process above it', 0.93, 0.93],
  ['one that cannot be bettered', 0.99, 0.99],
])('success: %s', (_name, successRate, value) => {
  expect(valueOf('success_rate', { today: { successRate, minutesPerRun: null } })).toBe(value)
})

test.each([
  ['policy_pass_rate', {}, 1],
  ['on_time_rate', {}, 0.95],
  ['escalation_rate', {}, undefined],
  ['escalation_rate', { sensitivity: 'high' as const }, 0.1],
  ['review_minutes_per_run', {}, null],
  ['review_minutes_per_run', { today: { successRate: null, minutesPerRun: 12 } }, 12],
  ['open_rate', { category: 'email_campaign' as const }, null],
  ['cost_per_lead', { category: 'ad_budget' as const }, null],
])('%s with %j is %j', (measure, given, value) => expect(valueOf(measure, given)).toBe(value))

it('names a result to measure for every category', () => {
  for (const category of CATEGORIES) {
    const benchmarks = benchmarksFor({ ...plainWorkflow, category })
    expect(benchmarks.length).toBeGreaterThan(4)
    expect(new Set(benchmarks.map(({ measure }) => measure)).size).toBe(benchmarks.length)
    expect(benchmarks.every(({ says }) => says.endsWith('.'))).toBe(true)
  }
})
