import type { ActionId, MemberId, OutcomeId } from '../domain/ids.ts'
import type { Due, Measured } from '../domain/trust/benchmarks.ts'

export type OutcomeRow = {
  readonly id: OutcomeId
  readonly actionId: ActionId
  readonly metric: string
  readonly value: number
  readonly measuredAt: Date
  readonly receivedAt: Date
  readonly byId: MemberId
}

/** What a scope's actions came to, and how soon that was known. */
export type ScopeOutcomes = {
  readonly measured: readonly Measured[]
  /** The newest actions, whether or not something is known of them. */
  readonly due: readonly Due[]
}

/** Measured results of actions. */
export type OutcomeRows = {
  /** How many of them are new; the same measurement again changes nothing. */
  record(rows: readonly OutcomeRow[]): Promise<number>
  /** Of the last year, and of a scope's newest 500 actions that stand; `metrics`: those that are asked for. */
  ofScope(scope: string, metrics: readonly string[]): Promise<ScopeOutcomes>
}
