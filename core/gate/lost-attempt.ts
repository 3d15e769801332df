import type { ExecutionRow } from '../ports/rows.ts'

/** The attempts whose answer was lost and that nobody has found or proved absent since, oldest first. */
export const lostRuns = (runs: readonly ExecutionRow[]): readonly ExecutionRow[] =>
  runs.filter(({ direction, state }) => direction === 'do' && state === 'unknown')
