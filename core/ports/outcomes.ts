import type { ActionId, MemberId, OutcomeId } from '../domain/ids.ts'
import type { MeasuredDay, Waited } from '../domain/trust/benchmarks.ts'

export type OutcomeRow = {
  readonly id: OutcomeId
  readonly actionId: ActionId
  readonly metric: string
  readonly value: number
  readonly measuredAt: Date
  readonly receivedAt: Date
  readonly byId: MemberId
}

/** What a scope's actions came to in a year, and how soon that was known. */
export type ScopeOutcomes = {
  readonly measured: readonly MeasuredDay[]
  /** Of the newest ten actions a metric that ran since it is asked for, a day ago or longer, of a kind that has it. */
  readonly waited: readonly Waited[]
}

/** Measured results of actions. */
export type OutcomeRows = {
  /** Those that are new. The same measurement again changes nothing. */
  record(rows: readonly OutcomeRow[]): Promise<readonly OutcomeRow[]>
  /** What is kept of an action. */
  of(actionId: ActionId): Promise<readonly Pick<OutcomeRow, 'metric' | 'value' | 'measuredAt'>[]>
  /** `version`: of the policy that asks for them, since when it does; null: only what was measured, nothing waited. */
  ofScope(scope: string, metrics: readonly string[], version: number | null): Promise<ScopeOutcomes>
}
