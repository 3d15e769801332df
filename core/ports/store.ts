import type { DueWork } from '../domain/due.ts'
import type { Holder } from '../domain/people.ts'
import type { Result } from '../domain/result.ts'
import type { ActionId, AgentId, MemberId, SwitchId, WorkspaceId } from '../domain/ids.ts'
import type { DueCallback } from './callbacks.ts'
import type { LedgerRows } from './ledger.ts'
import type { LedgerEvent, SwitchRow } from './rows.ts'
import type { AgentRow, MemberRow } from './member-rows.ts'
import type { Rate, Transaction } from './transaction.ts'

export type DueItem = {
  readonly workspaceId: WorkspaceId
  readonly actionId: ActionId
  readonly work: DueWork | 'recall'
}

export type KnownAgent = Pick<AgentRow, 'id' | 'workspaceId' | 'name'>
/** With everybody else who holds the bare token that they came in with. */
export type KnownMember = Pick<MemberRow, 'id' | 'workspaceId' | 'name' | 'role'> & {
  readonly holders: readonly Holder[]
}

/** What a proposal needs first: its rate token, and whether its key was used before. */
export type Asks = {
  readonly token: { readonly key: string; readonly rate: Rate }
  readonly once: { readonly proposerId: AgentId | MemberId; readonly key: string }
}

/** What a transaction will move, read as it opens; `loadToMove` then has it already. */
export type ToMove = {
  readonly id: ActionId
  /** It will be counted for its agent: what `trust.open` needs of it comes with the opening too, under its locks. */
  readonly counts: boolean
}

export type Store = {
  readonly ledger: LedgerRows
  /** Commits on `ok`, rolls back on an error value: a refusal writes nothing. Retries a `Conflict` a few times. */
  transact<T, E>(
    workspaceId: WorkspaceId,
    work: (tx: Transaction) => Promise<Result<T, E>>,
    toMove?: ToMove,
  ): Promise<Result<T, E>>
  /**
   * Like `transact`, but shares one database transaction with what else is proposed meanwhile. What `asks` names is
   * fetched for all of them at once; `waitMs` is null when the rate token was there, and it is spent even if the work is
   * refused. An error value leaves out this work alone.
   */
  transactTogether<T, E>(
    workspaceId: WorkspaceId,
    asks: Asks,
    work: (tx: Transaction, waitMs: number | null) => Promise<Result<T, E>>,
  ): Promise<Result<T, E>>
  /** Reads only. */
  read<T>(workspaceId: WorkspaceId, work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Due rows of all workspaces, pushed out of sight for `hideMs` so that replicas do not do the same work. */
  takeDue(limit: number, hideMs: number): Promise<readonly DueItem[]>
  /** Time until the next due row, in milliseconds; null: none. */
  nextDueInMs(): Promise<number | null>
  /** Deliveries of all workspaces whose turn it is, pushed out of sight for `hideMs`. */
  takeDueCallbacks(limit: number, hideMs: number): Promise<readonly DueCallback[]>
  /** Forgets deliveries that are older and wait for nothing; returns how many. */
  forgetCallbacks(olderThanMs: number): Promise<number>
  /** Stands in the ledger of the workspace that stopped it, by the same commit. */
  stopInstallation(row: SwitchRow, event: LedgerEvent, workspaceId: WorkspaceId): Promise<void>
  liftInstallationStop(
    id: SwitchId,
    by: string,
    reason: string | null,
    event: LedgerEvent,
    workspaceId: WorkspaceId,
  ): Promise<SwitchRow | null>
  authenticateAgent(workspaceId: WorkspaceId, keyHash: string): Promise<KnownAgent | null>
  authenticateMember(workspaceId: WorkspaceId, tokenHash: string): Promise<KnownMember | null>
  workspaceOfSlackTeam(teamId: string): Promise<WorkspaceId | null>
  /** Those in which anything was ever counted, or has to lose its words when it ends. */
  workspacesToReview(): Promise<readonly WorkspaceId[]>
  databaseNow(): Promise<Date>
}
