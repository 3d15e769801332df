import type { LaterWindows } from '../domain/daily-budget.ts'
import type { Hands } from '../domain/hands.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type {
  ActionId,
  AgentId,
  ConnectionId,
  DelegationId,
  ExceptionId,
  FeedbackId,
  MemberId,
  PlanId,
  SwitchId,
  WorkspaceId,
} from '../domain/ids.ts'
import type { SideJob } from './approvals.ts'
import type { CallbackRows } from './callbacks.ts'
import type { LookUps } from './look-ups.ts'
import type { OutcomeRows } from './outcomes.ts'
import type { PolicyRows } from './policies.ts'
import type { PeopleRows } from './people.ts'
import type { PastActionRows } from './past-actions.ts'
import type { PromotionRows } from './promotions.ts'
import type { EvidenceRows } from './trust-evidence.ts'
import type { TrustRows } from './trust.ts'
import type {
  ActionQuery,
  ActionRow,
  BudgetRow,
  DecisionRow,
  ExceptionRow,
  ExecutionRow,
  FeedbackRow,
  LedgerEvent,
  PayloadRow,
  PlanRow,
  ProposedBefore,
  ReviewRow,
  Snapshot,
  StateRow,
  StoredAction,
  StoredConnection,
  SwitchRow,
} from './rows.ts'
import type { AgentRow, DelegationRow, KeyScope, MemberRow } from './member-rows.ts'

/** GCRA: one request every `intervalMs`, and `burst` of them at once. */
export type Rate = { readonly intervalMs: number; readonly burst: number }

/**
 * One transaction for one workspace. What only writes is kept and sent as one statement before the next read and at the
 * end: a conflict shows there, and the whole transaction starts again. `now` is database time, read in its first round trip. Lock order: control → people →
 * budgets → action states → trust, each sorted by key.
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
  /** What cost something and had its effect since then (null: ever; so for these kinds), or may be having it now. */
  listCommitted(since: Date | null, everOf: readonly string[]): Promise<readonly StoredAction[]>
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
  /**
   * Locks the budget row of a window and reads its counters. A day, week or month that is made begins with what its
   * budget's campaigns run a day, for all its days.
   */
  lockBudget(window: string): Promise<BudgetRow>
  changeBudget(window: string, by: { readonly reserved: number; readonly committed: number }): Promise<void>
  listBudgets(windows: readonly string[]): Promise<readonly BudgetRow[]>
  /** What was committed before there was this budget. */
  carryBudget(window: string, minor: number): Promise<void>
  /** What runs a day changed: adds that to the windows that come after some and are there already. */
  raiseLater(later: LaterWindows): Promise<void>
  /** The windows that come after these and are there already. */
  laterBudgets(windows: readonly string[]): Promise<readonly string[]>
  /**
   * Whether an action other than this one that holds one of these rows is on its way to a platform, may have arrived or
   * may still, or did or was taken back since then.
   */
  isUnderWay(windows: readonly string[], except: ActionId, since: Date): Promise<boolean>
  /** What the platform says was spent in it. */
  setSpent(window: string, minor: number): Promise<void>
  /** Those of single campaigns. */
  listCampaignBudgets(): Promise<readonly BudgetRow[]>

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
  /** From now on people look at everything of its target, until a time. */
  insertReview(row: ReviewRow): Promise<void>
  /** Null: no such stop (or review) is on. */
  liftSwitch(id: SwitchId, by: string, reason: string | null): Promise<SwitchRow | null>
  /** Gives frozen clocks their time back: every clock that waits for a person or a slot moves on by the time it was stopped. */
  thaw(target: SwitchTarget, since: Date): Promise<number>
  /** Of a topic: everything that is on its way. */
  executingUnder(target: SwitchTarget): Promise<readonly StoredAction[]>

  /** Starts the transaction again unless the standings are at this version when it writes; they stay so until its end. */
  holdStandings(version: number): Promise<void>

  loadMember(id: MemberId): Promise<MemberRow | null>
  listMembers(): Promise<readonly MemberRow[]>
  insertMember(row: MemberRow, tokenHash: string | null): Promise<boolean>
  memberBySlackUser(slackUserId: string): Promise<MemberRow | null>
  /** Null: there is no such member. */
  updateMember(
    id: MemberId,
    change: Partial<Pick<MemberRow, 'role' | 'limits' | 'disabledAt'>>,
  ): Promise<MemberRow | null>
  /** `ownSince`: from when on it is in nobody else's hands. */
  setMemberToken(id: MemberId, tokenHash: string, ownSince: Date): Promise<void>
  /** One that somebody else issued; `held`: in whose hands it is, and those before it were. */
  issueMemberToken(
    id: MemberId,
    tokenHash: string,
    held: Pick<MemberRow, 'tokenHands' | 'tokenOwnSince' | 'formerTokens'>,
  ): Promise<void>
  linkMember(id: MemberId, slackUserId: string): Promise<boolean>
  insertLinkCode(codeHash: string, memberId: MemberId, expiresAt: Date): Promise<void>
  /** The member whose unused, unexpired code it is; it is used up by this. */
  useLinkCode(codeHash: string): Promise<MemberId | null>

  insertDelegation(row: DelegationRow): Promise<void>
  /** Not ended by a person, the latest end first. */
  listDelegations(): Promise<readonly DelegationRow[]>
  endDelegation(id: DelegationId, by: MemberId): Promise<void>

  listAgents(): Promise<readonly AgentRow[]>
  loadAgent(id: AgentId): Promise<AgentRow | null>
  insertAgent(row: AgentRow, keyHash: string): Promise<boolean>
  /** `hands`: in whose the new key is, first of all whoever made it. */
  setAgentKey(id: AgentId, keyHash: string, keyPrefix: string, hands: Hands): Promise<AgentRow | null>
  /** Null: there is no such agent in force. */
  updateAgent(id: AgentId, change: Partial<KeyScope>): Promise<AgentRow | null>
  disableAgent(id: AgentId): Promise<AgentRow | null>

  listConnections(): Promise<readonly StoredConnection[]>
  connectionWithCredentials(id: ConnectionId): Promise<(StoredConnection & { readonly credentials: string }) | null>
  insertConnection(row: StoredConnection & { readonly credentials: string }): Promise<boolean>
  /** Sealed credentials; live with them, and with a new address for webhooks. Null: there is no such connection. */
  updateCredentials(id: ConnectionId, credentials: string): Promise<StoredConnection | null>
  /** Takes the address of its webhooks back. Null: there is no such connection. */
  renewWebhook(id: ConnectionId): Promise<StoredConnection | null>
  setConnectionState(id: ConnectionId, state: 'live' | 'lost'): Promise<void>

  insertFeedback(row: FeedbackRow): Promise<void>
  listFeedback(query: {
    readonly proposerId?: AgentId | MemberId
    readonly before?: string
    readonly limit: number
  }): Promise<readonly FeedbackRow[]>
  /** What it was; null: there is none. */
  deleteFeedback(id: FeedbackId): Promise<Pick<FeedbackRow, 'actionId' | 'decision'> | null>

  appendEvent(event: LedgerEvent): Promise<void>
  /** Next free version of a subject that has no locked row of its own (a grant, a switch, a policy). */
  nextSubjectVersion(subject: string): Promise<number>
  /** How many events of these types a subject has since then. */
  countEvents(subject: string, types: readonly string[], since: Date): Promise<number>
  /** Erases what people wrote at a subject's events, beside the ledger; how much there was. */
  eraseDetails(subject: string): Promise<number>
  /** Erases those in which one of these texts stands as a whole, whatever the subject; how many. */
  eraseDetailsWith(texts: readonly string[]): Promise<number>
  enqueue(job: SideJob, options?: { readonly startAfter?: Date }): Promise<void>
  readonly callbacks: CallbackRows
  readonly trust: TrustRows
  readonly promotions: PromotionRows
  readonly evidence: EvidenceRows
  readonly outcomes: OutcomeRows
  readonly lookUps: LookUps
  readonly policies: PolicyRows
  readonly people: PeopleRows
  readonly past: PastActionRows
  /** GCRA: null when a request may go now, else the wait in milliseconds. */
  takeToken(key: string, rate: Rate): Promise<number | null>
}
