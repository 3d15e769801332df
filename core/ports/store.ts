import type { State } from '../domain/action-states.ts'
import type { Band } from '../domain/band.ts'
import type { Category, Channel } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import type { Json } from '../domain/canonical.ts'
import type { DecisionVerb, Severity } from '../domain/decision.ts'
import type { Difference } from '../domain/differences.ts'
import type { DueWork } from '../domain/due.ts'
import type { BoundBy, Tier } from '../domain/level.ts'
import type { Money } from '../domain/money.ts'
import type { Role } from '../domain/people.ts'
import type { Result } from '../domain/result.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type { Outcome, Verdict } from '../domain/verdict.ts'
import type {
  ActionId,
  AgentId,
  ConnectionId,
  DecisionId,
  ExceptionId,
  FeedbackId,
  MemberId,
  PlanId,
  SwitchId,
  WorkspaceId,
} from '../domain/ids.ts'
import type { SideJob } from './approvals.ts'
import type { CallbackRows, DueCallback } from './callbacks.ts'
import type { LedgerRows } from './ledger.ts'
import type { Facts, Input, Preview, Receipt } from './kind.ts'
import type { Connection } from './platform.ts'

export type Workspace = {
  readonly id: WorkspaceId
  readonly name: string
  readonly timeZone: string
  readonly locale: string
  readonly currency: string
  readonly approvalsChannel: string
  readonly home: boolean
}

export type Control = { readonly version: number; readonly epoch: number; readonly policyVersion: number }

export type RequestedBy = {
  readonly member: string
  readonly words?: string
  readonly thread?: { readonly channel: string; readonly ts: string }
}

/** What was proposed; immutable. */
export type ActionRow = {
  readonly id: ActionId
  readonly workspaceId: WorkspaceId
  readonly proposerId: AgentId | MemberId
  readonly proposerName: string
  readonly agentId: AgentId | null
  readonly kind: string
  readonly platform: string
  readonly connectionId: ConnectionId
  readonly category: Category
  readonly channel: Channel
  readonly scenario: string
  readonly reason: string
  readonly requestedBy: RequestedBy | null
  readonly evidence: readonly { readonly label: string; readonly url: string }[]
  readonly agentCost: Money | null
  readonly confidence: number | null
  readonly labels: Readonly<Record<string, string>>
  readonly fingerprint: Readonly<Record<string, string>>
  readonly slotAt: Date | null
  /** When the proposer says that it is of no use any more. */
  readonly givenExpiry: Date | null
  readonly supersedes: ActionId | null
  readonly planId: PlanId | null
  readonly step: number | null
  readonly steps: number | null
  readonly callbackUrl: string | null
  readonly dryRun: boolean
  readonly idempotencyKey: string
  readonly bodyDigest: string
  readonly proposedAt: Date
}

export type LevelShown = {
  readonly inForce: Level
  readonly boundBy: BoundBy
  readonly grant: Level | null
  readonly tier: Tier | null
  readonly ceiling: Level
  readonly why: string
}

/** One evaluated payload; append-only. */
export type PayloadRow = {
  readonly revision: number
  readonly input: Input
  readonly facts: Facts | null
  readonly hash: string | null
  readonly scope: string
  readonly band: Band | null
  readonly people: number | null
  readonly listSize: number | null
  readonly amountMinor: number
  readonly level: LevelShown | null
  readonly ceiling: Level
  readonly verdict: Verdict | null
  readonly preview: Preview
  readonly policyVersion: number
  readonly editedBy: string | null
  readonly at: Date
}

export type Remark = {
  readonly note: string | null
  readonly differences: readonly Difference[]
  readonly preflight: readonly string[]
}

/** The narrow row that moves. */
export type StateRow = {
  readonly state: State
  readonly version: number
  readonly revision: number
  readonly expiresAt: Date | null
  readonly remindAt: Date | null
  readonly reminders: number
  readonly escalated: boolean
  readonly snoozedUntil: Date | null
  readonly runAt: Date | null
  readonly leaseUntil: Date | null
  readonly undoUntil: Date | null
  /** Numbers the executions; never goes back. */
  readonly attempt: number
  /** Attempts since the last decision, failed looks before sending included. */
  readonly tries: number
  readonly lookUps: number
  readonly workspaceEpoch: number
  readonly scopeEpoch: number
  readonly acceptedOutcome: Outcome | null
  readonly approved: boolean
  readonly budgetWindow: string | null
  readonly amountMinor: number
  readonly remark: Remark | null
  readonly supersededBy: ActionId | null
  readonly executedAt: Date | null
  readonly undoneAt: Date | null
}

export type StoredAction = { readonly action: ActionRow; readonly payload: PayloadRow; readonly state: StateRow }

export type DecisionRow = {
  readonly id: DecisionId
  readonly actionId: ActionId
  readonly decision: DecisionVerb
  readonly byId: MemberId | AgentId
  readonly byName: string
  readonly via: string
  readonly at: Date
  readonly payloadHash: string
  readonly revision: number
  readonly policyVersion: number
  readonly severity: Severity | null
  readonly reason: string | null
  readonly outside: boolean
  readonly changes: readonly Difference[]
}

export type ExecutionRow = {
  readonly actionId: ActionId
  readonly attempt: number
  readonly direction: 'do' | 'undo'
  readonly state: 'running' | 'done' | 'failed' | 'unknown' | 'released'
  readonly before: Json
  readonly requestDigest: string
  readonly startedAt: Date
  readonly leaseUntil: Date
  readonly finishedAt: Date | null
  readonly receipt: Receipt | null
  readonly error: Json | null
}

export type ExceptionOption = 'retry' | 'happened' | 'did_not_happen'

export type ExceptionRow = {
  readonly id: ExceptionId
  readonly actionId: ActionId | null
  readonly source: string
  readonly says: string
  readonly options: readonly ExceptionOption[]
  readonly openedAt: Date
  readonly resolvedAt: Date | null
  readonly resolvedBy: string | null
  readonly resolution: string | null
}

export type SwitchRow = {
  readonly id: SwitchId
  readonly workspaceId: WorkspaceId | '*'
  readonly target: SwitchTarget
  readonly reason: string | null
  readonly byId: string
  readonly byName: string
  readonly at: Date
}

export type GrantRow = {
  readonly scope: string
  readonly level: Level
  readonly epoch: number
  readonly byId: string
  readonly byName: string
  readonly at: Date
  readonly until: Date | null
  readonly reason: string | null
}

export type MemberRow = {
  readonly id: MemberId
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly slackUserId: string | null
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

export type AgentRow = {
  readonly id: AgentId
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly kinds: readonly string[]
  readonly keyPrefix: string
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

export type FeedbackRow = {
  readonly id: FeedbackId
  readonly proposerId: AgentId | MemberId
  readonly actionId: ActionId
  readonly kind: string
  readonly category: Category
  readonly decision: DecisionVerb | 'undo'
  readonly severity: Severity | null
  readonly says: string
  readonly changes: readonly Difference[]
  readonly advice: string
  readonly byName: string
  readonly at: Date
}

export type PlanRow = {
  readonly id: PlanId
  readonly workspaceId: WorkspaceId
  readonly proposerId: AgentId | MemberId
  readonly title: string
  readonly reason: string
  readonly requestedBy: RequestedBy | null
  readonly steps: number
  readonly idempotencyKey: string
  readonly bodyDigest: string
  readonly proposedAt: Date
}

export type PolicyRow = {
  readonly version: number
  readonly document: unknown
  readonly hash: string
  readonly byName: string
  readonly note: string | null
  readonly at: Date
}

export type StoredConnection = Connection & { readonly sandbox: boolean }

/** What a key was used for. */
export type ProposedBefore = { readonly id: ActionId; readonly bodyDigest: string; readonly planId: PlanId | null }

/** What the rules need to know about a workspace, of one moment. Kept by the store while nothing of it changes. */
export type Snapshot = {
  readonly workspace: Workspace
  readonly control: Control
  readonly policy: PolicyRow | null
  readonly grants: readonly GrantRow[]
  /** On now, the installation's included. */
  readonly switches: readonly SwitchRow[]
  /** Those that may propose. */
  readonly agents: readonly Pick<AgentRow, 'id' | 'kinds'>[]
  readonly connections: readonly Pick<StoredConnection, 'id' | 'platform' | 'name' | 'sandbox'>[]
}

export type BudgetRow = { readonly window: string; readonly reserved: number; readonly committed: number }

export type LedgerEvent = {
  readonly subject: string
  readonly subjectVersion: number
  readonly type: string
  readonly body: Json
  /** What people wrote: kept beside the ledger, where it can be erased; the event holds a salted digest of it. */
  readonly detail?: Json
}

export type ActionQuery = {
  readonly states?: readonly State[]
  readonly kind?: string
  readonly category?: Category
  readonly proposerId?: AgentId | MemberId
  /** Only ids below this one (newest first). */
  readonly before?: string
  readonly limit: number
}

/**
 * One transaction for one workspace. What only writes is kept and sent as one statement before the next read and at the
 * end: a conflict shows there, and the whole transaction starts again. `now` is database time, read in its first round trip. Lock order: control →
 * budgets → action states, each sorted by key.
 */
export type Transaction = {
  readonly now: Date
  readonly workspaceId: WorkspaceId
  snapshot(): Promise<Snapshot>
  /** Locks the control rows of the installation and the workspace for share (`move`) or update (`configure`). */
  lockControl(why: 'move' | 'configure'): Promise<void>
  /** Another epoch: what was let through is looked at again. The version grows by itself with every change of configuration. */
  bumpEpoch(policyVersion?: number): Promise<void>

  /** When its key was used before, the transaction starts again and `findByKey` finds the winner. */
  insertAction(row: ActionRow): Promise<void>
  insertState(actionId: ActionId, row: StateRow): Promise<void>
  insertPayload(actionId: ActionId, row: PayloadRow): Promise<void>
  findByKey(proposerId: AgentId | MemberId, key: string): Promise<ProposedBefore | null>
  loadAction(id: ActionId): Promise<StoredAction | null>
  /** How a move begins: locks the control rows for share, then reads, in one round trip. */
  loadToMove(id: ActionId): Promise<StoredAction | null>
  loadPlanActions(id: PlanId): Promise<readonly StoredAction[]>
  listActions(query: ActionQuery): Promise<readonly StoredAction[]>
  /** A later turn for an action that waits for a rate token, or for a platform that cannot be asked now; no event, no new version. */
  postpone(
    id: ActionId,
    expectedVersion: number,
    until: Date,
    tried?: { readonly tries: number; readonly note: string },
  ): Promise<void>
  /** A row that is no longer at that version starts the transaction again. */
  updateState(id: ActionId, expectedVersion: number, row: StateRow): Promise<void>

  /**
   * Whether the window's counters and `amountMinor` stay within `limitMinor` together; true holds until the end of the
   * transaction. False says nothing for certain: lock and read.
   */
  hasRoom(window: string, amountMinor: number, limitMinor: number): Promise<boolean>
  /** Locks the budget row of a window (made if absent) and reads its counters. */
  lockBudget(window: string): Promise<BudgetRow>
  changeBudget(window: string, by: { readonly reserved: number; readonly committed: number }): Promise<void>
  listBudgets(windows: readonly string[]): Promise<readonly BudgetRow[]>

  insertDecision(row: DecisionRow): Promise<void>
  listDecisions(ids: readonly ActionId[]): Promise<readonly DecisionRow[]>
  insertExecution(row: ExecutionRow): Promise<void>
  /** Only while it is running or unknown; another one stays as it is. */
  finishExecution(
    id: ActionId,
    attempt: number,
    row: Pick<ExecutionRow, 'state' | 'finishedAt' | 'receipt' | 'error'>,
  ): Promise<void>
  /** Oldest attempt first. */
  listExecutions(ids: readonly ActionId[]): Promise<readonly ExecutionRow[]>

  insertException(row: ExceptionRow): Promise<void>
  /** Resolved ones too, oldest first. */
  listExceptions(ids: readonly ActionId[]): Promise<readonly ExceptionRow[]>
  openExceptions(ids: readonly ActionId[] | 'all'): Promise<readonly ExceptionRow[]>
  loadException(id: ExceptionId): Promise<ExceptionRow | null>
  resolveException(id: ExceptionId, by: string, resolution: string): Promise<boolean>

  insertPlan(row: PlanRow): Promise<boolean>
  loadPlan(id: PlanId): Promise<PlanRow | null>
  findPlanByKey(proposerId: AgentId | MemberId, key: string): Promise<PlanRow | null>

  insertSwitch(row: SwitchRow): Promise<void>
  /** Null: no such stop is on. */
  liftSwitch(id: SwitchId, by: string, reason: string | null): Promise<SwitchRow | null>
  /** Gives frozen clocks their time back: every clock that waits for a person or a slot moves on by the time it was stopped. */
  thaw(target: SwitchTarget, since: Date): Promise<number>
  executingUnder(target: SwitchTarget): Promise<readonly StoredAction[]>

  putGrant(row: GrantRow): Promise<void>
  insertPolicy(row: PolicyRow): Promise<void>

  loadMember(id: MemberId): Promise<MemberRow | null>
  listMembers(): Promise<readonly MemberRow[]>
  insertMember(row: MemberRow, tokenHash: string | null): Promise<boolean>
  memberBySlackUser(slackUserId: string): Promise<MemberRow | null>
  linkMember(id: MemberId, slackUserId: string): Promise<boolean>
  insertLinkCode(codeHash: string, memberId: MemberId, expiresAt: Date): Promise<void>
  /** The member whose unused, unexpired code it is; it is used up by this. */
  useLinkCode(codeHash: string): Promise<MemberId | null>

  listAgents(): Promise<readonly AgentRow[]>
  loadAgent(id: AgentId): Promise<AgentRow | null>
  insertAgent(row: AgentRow, keyHash: string): Promise<boolean>
  setAgentKey(id: AgentId, keyHash: string, keyPrefix: string): Promise<AgentRow | null>
  disableAgent(id: AgentId): Promise<AgentRow | null>

  listConnections(): Promise<readonly StoredConnection[]>
  connectionWithCredentials(id: ConnectionId): Promise<(StoredConnection & { readonly credentials: string }) | null>
  insertConnection(row: StoredConnection & { readonly credentials: string }): Promise<boolean>
  /** Sealed credentials; the connection is live with them. Null: there is no such connection. */
  updateCredentials(id: ConnectionId, credentials: string): Promise<StoredConnection | null>
  setConnectionState(id: ConnectionId, state: 'live' | 'lost'): Promise<void>

  insertFeedback(row: FeedbackRow): Promise<void>
  listFeedback(query: {
    readonly proposerId?: AgentId | MemberId
    readonly before?: string
    readonly limit: number
  }): Promise<readonly FeedbackRow[]>
  deleteFeedback(id: FeedbackId): Promise<boolean>

  appendEvent(event: LedgerEvent): Promise<void>
  /** Next free version of a subject that has no locked row of its own (a grant, a switch, a policy). */
  nextSubjectVersion(subject: string): Promise<number>
  /** Erases what people wrote at a subject's events, beside the ledger; how much there was. */
  eraseDetails(subject: string): Promise<number>
  enqueue(job: SideJob, options?: { readonly startAfter?: Date }): Promise<void>
  readonly callbacks: CallbackRows
  /** GCRA: null when a request may go now, else the wait in milliseconds. */
  takeToken(key: string, rate: Rate): Promise<number | null>
}

export type DueItem = {
  readonly workspaceId: WorkspaceId
  readonly actionId: ActionId
  readonly work: DueWork | 'recall'
}

export type Authenticated =
  | { readonly kind: 'agent'; readonly agent: AgentRow }
  | { readonly kind: 'member'; readonly member: MemberRow }

export type KnownAgent = Pick<AgentRow, 'id' | 'workspaceId' | 'name'>
export type KnownMember = Pick<MemberRow, 'id' | 'workspaceId' | 'name' | 'role'>

/** GCRA: one request every `intervalMs`, and `burst` of them at once. */
export type Rate = { readonly intervalMs: number; readonly burst: number }

/** What a proposal needs first: its rate token, and whether its key was used before. */
export type Asks = {
  readonly token: { readonly key: string; readonly rate: Rate }
  readonly once: { readonly proposerId: AgentId | MemberId; readonly key: string }
}

export type Store = {
  readonly ledger: LedgerRows
  /** Commits on `ok`, rolls back on an error value: a refusal writes nothing. Retries a `Conflict` a few times. */
  transact<T, E>(workspaceId: WorkspaceId, work: (tx: Transaction) => Promise<Result<T, E>>): Promise<Result<T, E>>
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
  databaseNow(): Promise<Date>
}
