import type { MemberId, PolicyTrialId } from '../domain/ids.ts'
import type { StoredPolicy } from './rows.ts'

/** Versions of a workspace's guardrails, who agreed to them, and where they are on trial. */
export type PolicyRows = {
  insert(row: Omit<StoredPolicy, 'confirmedBy'>): Promise<void>
  /** Newest first, those that wait for a second person included. */
  list(limit: number): Promise<readonly StoredPolicy[]>
  load(version: number): Promise<StoredPolicy | null>
  confirm(version: number, by: { readonly byId: MemberId; readonly byName: string; readonly at: Date }): Promise<void>
  insertTrial(row: {
    readonly id: PolicyTrialId
    readonly version: number
    readonly when: unknown
    readonly byId: MemberId
    readonly byName: string
    readonly at: Date
  }): Promise<void>
  /** Whether it was still running. */
  endTrial(
    id: PolicyTrialId,
    how: { readonly by: string; readonly at: Date; readonly outcome: 'promoted' | 'withdrawn' },
  ): Promise<boolean>
}
