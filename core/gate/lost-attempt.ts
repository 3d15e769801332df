import type { Json } from '../domain/canonical.ts'
import type { ExecutionRow } from '../ports/store.ts'

/** After these an attempt that was given up may have gone through all the same. */
const MAYBE_DONE: readonly Json[] = ['outcome_unknown', 'lease_lapsed']

/** The first attempt whose answer was lost; null: none was. */
export const firstLost = (runs: readonly ExecutionRow[]): ExecutionRow | null =>
  runs.find((run) => run.direction === 'do' && MAYBE_DONE.includes(errorKind(run))) ?? null

/** Whether an attempt was lost that no look-up has proved absent since. */
export const mayHaveHappened = (runs: readonly ExecutionRow[]): boolean =>
  firstLost(runs.slice(runs.findLastIndex((run) => errorKind(run) === 'proved_absent') + 1)) !== null

const errorKind = ({ error }: ExecutionRow): Json =>
  error !== null && typeof error === 'object' && 'kind' in error ? (error.kind ?? null) : null
