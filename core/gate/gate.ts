import type { Level } from '../domain/ceiling.ts'
import type {
  ActionId,
  AgentId,
  CallbackEndpointId,
  ConnectionId,
  DelegationId,
  ExceptionId,
  FeedbackId,
  MemberId,
  NoticeId,
  PlanId,
  PolicyTrialId,
  PromotionId,
  SwitchId,
  WorkspaceId,
} from '../domain/ids.ts'
import type { LedgerLine } from '../domain/ledger-lines.ts'
import type { Actor } from '../domain/people.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { Result } from '../domain/result.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type { ExplainPolicy } from './explain-policy.ts'
import type { HoldingRule } from '../rules/evaluate.ts'
import type { PolicyChecked } from './check-policy.ts'
import type { TrialComparisonLine } from './compare-policy-trial.ts'
import type { PolicyInForce, PolicySet, PolicyVersionView, TrialView } from './policy-in-force.ts'
import type { Replayed } from '../ports/callbacks.ts'
import type { Difference, Input } from '../ports/kind.ts'
import type { AdoptionRequest } from './adopt-ledger.ts'
import type { KeyScope } from '../ports/member-rows.ts'
import type { MemberChange } from './change-member.ts'
import type { DelegationView, NewDelegation } from './delegations.ts'
import type { BacktestLine, BacktestRequest } from './backtest-policy.ts'
import type { LedgerHead } from './read-ledger.ts'
import type { ErasedPerson } from './erase-person.ts'
import type { Heard } from './know-people.ts'
import type { HeardWebhook, WebhookCall } from './hear-webhook.ts'
import type { RebuiltTrust } from './rebuild-trust.ts'
import type { PersonView } from './export-person.ts'
import type { NewMember } from './members.ts'
import type { Refusal } from './refusal.ts'
import type {
  ActionFilter,
  ConsentGiven,
  DecisionRequest,
  Once,
  OutcomeGiven,
  PlanProposal,
  Proposal,
  Resuming,
  SuppressionGiven,
  SuppressionLift,
  UndoOptions,
  Window,
} from './requests.ts'
import type { NoticeAnswer, PromotionState } from '../ports/promotions.ts'
import type { GrantView, NoticeView, PromotionView } from './promotion-views.ts'
import type { WhichLevels } from './reclaim-level.ts'
import type { GrantOptions } from './set-grant.ts'
import type { StandingConsentView } from './standing-consent.ts'
import type { RolloutAudit, RolloutComparisonView, RolloutPlanView } from './rollout-views.ts'
import type { TrustDetailsView, TrustView } from './trust-views.ts'
import type {
  ActionView,
  AgentView,
  BudgetView,
  CallbackDeliveryView,
  CallbackEndpointView,
  ExceptionView,
  FeedbackView,
  MemberView,
  PlanView,
  SwitchView,
  WorkspaceView,
} from './views.ts'

export type Answer<T> = Promise<Result<T, Refusal>>

export type Proposed = { readonly action: ActionView; readonly replayed: boolean }

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null }

/** A new key, shown once, and the secret that signs the callbacks of this agent's actions (null: it cannot be opened). */
export type AgentKey = { readonly agent: AgentView; readonly key: string; readonly callbackSecret: string | null }

/** What signs the callbacks of one proposer. `previousUntil`: until then the secret before it signs too. */
export type CallbackSecret = { readonly secret: string; readonly previousUntil: Date | null }

export type Stopped = {
  readonly switch: SwitchView
  /** Sends that were already claimed when the stop was answered; they cannot be called back. */
  readonly executing: readonly ActionView[]
  /** Of a topic: how many that mention it came back to people. */
  readonly recalled: number
}

export type ConnectionView = {
  readonly id: ConnectionId
  readonly platform: string
  readonly name: string
  readonly state: 'live' | 'lost'
  readonly sandbox: boolean
  /** What the address of its webhooks has to have; null: the platform sends none, or it is not the reader's to know. */
  readonly webhookKey: string | null
}

/**
 * The use cases, one verb a file in this folder. Every door (HTTP, Slack, CLI) calls these and nothing else. Actors
 * carry their workspace; rows of another workspace are `not_found`.
 */
export type Gate = {
  proposeAction(actor: Actor, proposal: Proposal, once: Once): Answer<Proposed>
  proposePlan(
    actor: Actor,
    plan: PlanProposal,
    once: Once,
  ): Answer<{ readonly plan: PlanView; readonly replayed: boolean }>
  getAction(actor: Actor, id: ActionId): Answer<ActionView>
  getPlan(actor: Actor, id: PlanId): Answer<PlanView>
  listActions(actor: Actor, filter: ActionFilter, window: Window): Answer<Page<ActionView>>
  /** Resolves with the action as soon as it rests, or as it is after `waitMs` (at most 30,000). */
  awaitResting(actor: Actor, id: ActionId, waitMs: number): Answer<ActionView>
  decideAction(actor: Actor, request: DecisionRequest): Answer<ActionView>
  decidePlan(actor: Actor, planId: PlanId, request: Omit<DecisionRequest, 'actionId' | 'input'>): Answer<PlanView>
  /** Undo before the effect cancels; after it, writes on the platform. `despite`: also when the platform was changed since. */
  undoAction(actor: Actor, id: ActionId, options: UndoOptions): Answer<ActionView>
  /** Undoes the executed steps, last first; stops at the first that cannot be undone. */
  undoPlan(actor: Actor, id: PlanId, options: { readonly reason?: string }): Answer<PlanView>
  /** How many of them are new. */
  recordOutcomes(actor: Actor, id: ActionId, given: readonly OutcomeGiven[]): Answer<{ readonly recorded: number }>
  /** Never past the expiry or the slot. */
  snoozeAction(actor: Actor, id: ActionId, until: Date | '1h' | 'tomorrow'): Answer<ActionView>
  /** *Send me a test*: to the member's own e-mail address. */
  sendTest(actor: Actor, id: ActionId): Answer<{ readonly to: string }>
  /** Reads the platform again for the card: preflight and, where the kind binds things there, the bound values. */
  refreshAction(workspaceId: WorkspaceId, id: ActionId): Answer<ActionView>

  stop(actor: Actor, target: SwitchTarget, reason: string | null): Answer<Stopped>
  /** Lifts one stop (or every stop of the workspace), gives frozen clocks their time back. */
  resume(
    actor: Actor,
    switchId: SwitchId | 'every',
    reason: string | null,
    how?: Resuming,
  ): Answer<readonly SwitchView[]>
  /** Every stop, and what was resumed under review. */
  listSwitches(actor: Actor): Answer<readonly SwitchView[]>

  listExceptions(actor: Actor): Answer<readonly ExceptionView[]>
  resolveException(actor: Actor, id: ExceptionId, how: 'retry' | 'happened' | 'did_not_happen'): Answer<ExceptionView>

  setGrant(actor: Actor, scope: string, level: Level, options: GrantOptions): Answer<readonly GrantView[]>
  listGrants(actor: Actor): Answer<readonly GrantView[]>
  /** Takes back what runs by itself in a category or scope, in one step. */
  reclaimLevel(actor: Actor, which: WhichLevels, reason: string | null): Answer<readonly GrantView[]>
  /** What was taken back, as it was. */
  handBack(actor: Actor, which: WhichLevels, reason: string | null): Answer<readonly GrantView[]>
  listPromotions(actor: Actor, state: PromotionState | null): Answer<readonly PromotionView[]>
  getPromotion(actor: Actor, id: PromotionId): Answer<PromotionView>
  decidePromotion(
    actor: Actor,
    id: PromotionId,
    decision: 'grant' | 'decline',
    reason: string | null,
  ): Answer<PromotionView>
  getNotice(actor: Actor, id: NoticeId): Answer<NoticeView>
  answerNotice(actor: Actor, id: NoticeId, answer: NoticeAnswer): Answer<NoticeView>
  /** Where the owner chose that what has earned more gets it by itself. */
  listStandingConsents(actor: Actor): Answer<readonly StandingConsentView[]>
  setStandingConsent(actor: Actor, category: string, upTo: 3 | 4 | null): Answer<readonly StandingConsentView[]>
  getPolicy(actor: Actor): Answer<PolicyInForce>
  listPolicies(actor: Actor): Answer<readonly PolicyVersionView[]>
  /** A document, or the text of a policy file; `only`: on trial for one scope. */
  setPolicy(actor: Actor, policy: unknown, note: string | null, only?: unknown): Answer<PolicySet>
  checkPolicy(actor: Actor, policy: unknown): Answer<PolicyChecked>
  rollBackPolicy(actor: Actor, version: number, note: string | null): Answer<PolicyVersionView>
  confirmPolicy(actor: Actor, version: number): Answer<PolicyVersionView>
  endPolicyTrial(actor: Actor, id: PolicyTrialId, outcome: 'promoted' | 'withdrawn'): Answer<TrialView>
  /** What a version on trial and the one in force make of what was proposed in its scope: progress, then the result. */
  comparePolicyTrial(actor: Actor, id: PolicyTrialId, daysBefore: number): Answer<AsyncIterable<TrialComparisonLine>>
  explainPolicy(
    actor: Actor,
    of: ExplainPolicy,
  ): Answer<{ readonly version: number; readonly rules: readonly HoldingRule[] }>
  /** What another policy or ladder would have done to what was proposed in the last days: progress, then the result. */
  backtestPolicy(actor: Actor, request: BacktestRequest): Answer<AsyncIterable<BacktestLine>>
  listBudgets(actor: Actor): Answer<readonly BudgetView[]>
  recordSpend(
    actor: Actor,
    spends: readonly { readonly budget: string; readonly spentMinor: number }[],
  ): Answer<readonly BudgetView[]>

  addMember(actor: Actor, member: NewMember): Answer<{ readonly member: MemberView; readonly token: string }>
  listMembers(actor: Actor): Answer<readonly MemberView[]>
  /** A new token for oneself, in nobody else's hands, in the place of the old one. Only by a press in Slack. */
  takeOwnToken(actor: Actor): Answer<{ readonly token: string }>
  /** A new token for another member, in the hands of both, in the place of the old one. */
  issueToken(actor: Actor, id: MemberId): Answer<{ readonly member: MemberView; readonly token: string }>
  /** A code for `/tenure link`, valid 15 minutes, used once. */
  createLinkCode(actor: Actor, memberId: MemberId): Answer<{ readonly code: string; readonly expiresAt: Date }>
  /** Role, limits, or whether they left. */
  changeMember(actor: Actor, id: MemberId, change: MemberChange): Answer<MemberView>
  /** Lets somebody decide for a member who is away. */
  delegate(actor: Actor, delegation: NewDelegation): Answer<DelegationView>
  listDelegations(actor: Actor): Answer<readonly DelegationView[]>
  endDelegation(actor: Actor, id: DelegationId): Answer<DelegationView>
  createAgent(actor: Actor, agent: { readonly name: string } & Partial<KeyScope>): Answer<AgentKey>
  /** What its key is good for. */
  changeAgent(actor: Actor, id: AgentId, change: Partial<KeyScope>): Answer<AgentView>
  /** A new key; the old one stops working at once. */
  rotateAgentKey(actor: Actor, id: AgentId): Answer<AgentKey>
  disableAgent(actor: Actor, id: AgentId): Answer<AgentView>
  listAgents(actor: Actor): Answer<readonly AgentView[]>
  addConnection(
    actor: Actor,
    connection: { readonly platform: string; readonly name: string; readonly credentials: string },
  ): Answer<ConnectionView>
  /** New credentials for a connection that was lost; it is live again. */
  replaceCredentials(actor: Actor, id: ConnectionId, credentials: string): Answer<ConnectionView>
  /** A new address for its webhooks; the one before counts nothing any more. */
  renewWebhookUrl(actor: Actor, id: ConnectionId): Answer<ConnectionView>
  listConnections(actor: Actor): Answer<readonly ConnectionView[]>
  /** What a platform tells by itself of people; whoever knows the address may tell it. */
  hearWebhook(call: WebhookCall): Answer<HeardWebhook>

  listCallbacks(actor: Actor): Answer<readonly CallbackEndpointView[]>
  listCallbackDeliveries(actor: Actor, id: CallbackEndpointId, window: Window): Answer<Page<CallbackDeliveryView>>
  /** Sends again what failed, everything since a time, or one delivery. */
  replayCallbacks(
    actor: Actor,
    id: CallbackEndpointId,
    which: Replayed,
  ): Answer<{ readonly replayed: number; readonly endpoint: CallbackEndpointView }>
  enableCallback(actor: Actor, id: CallbackEndpointId): Answer<CallbackEndpointView>
  /** The caller's own. */
  getCallbackSecret(actor: Actor): Answer<CallbackSecret>
  /** A new one, for oneself (null) or for an agent; the old one signs beside it for 24 hours. */
  rotateCallbackSecret(actor: Actor, agentId: AgentId | null): Answer<CallbackSecret>

  listFeedback(actor: Actor, window: Window): Answer<Page<FeedbackView>>
  deleteFeedback(actor: Actor, id: FeedbackId): Answer<void>

  /** The newest signed head, to be kept outside. */
  ledgerHead(actor: Actor): Answer<LedgerHead>
  /** The whole ledger, line by line. `details`: with what people wrote, where it was not erased. */
  exportLedger(actor: Actor, options: { readonly details: boolean }): Answer<AsyncIterable<LedgerLine>>
  /** Lets the chain go on after a restore or a change of key; an owner's. */
  adoptLedger(actor: Actor, request: AdoptionRequest): Answer<LedgerHead>
  /** Erases what people wrote at a subject's events; the ledger stays as it was sealed. */
  eraseDetails(actor: Actor, subject: string): Answer<{ readonly erased: number }>
  recordConsents(actor: Actor, given: readonly ConsentGiven[]): Answer<Heard>
  suppressPeople(actor: Actor, given: readonly SuppressionGiven[]): Answer<{ readonly suppressed: number }>
  liftSuppressions(actor: Actor, lift: SuppressionLift): Answer<{ readonly lifted: number }>
  exportPerson(actor: Actor, identifiers: readonly GivenIdentifier[]): Answer<PersonView>
  erasePerson(actor: Actor, identifiers: readonly GivenIdentifier[]): Answer<ErasedPerson>

  /** What the evidence of each scope comes to. */
  listTrust(actor: Actor): Answer<readonly TrustView[]>
  /** One scope, with what its score is made of and what would raise it. */
  explainTrust(actor: Actor, scope: string): Answer<TrustDetailsView>
  /** Recomputes trust from the ledger. */
  rebuildTrust(actor: Actor): Answer<RebuiltTrust>

  /** The rollout guide for an audit of workflows; nothing of it is kept. */
  planRollout(actor: Actor, audit: RolloutAudit): Answer<RolloutPlanView>
  /** What acts by itself in a scope, against the approvals before it. */
  compareRollout(actor: Actor, scope: string): Answer<RolloutComparisonView>

  /** Null: no such key or token, or it was disabled. Never says which. */
  authenticate(bearer: string): Promise<Actor | null>
  /** Null: this Slack user is not linked to a member of the workspace that the team belongs to. */
  memberOfSlackUser(workspaceId: WorkspaceId, slackUserId: string): Promise<Extract<Actor, { kind: 'member' }> | null>
  /** The workspace whose Slack team this is; null: none. */
  workspaceOfSlackTeam(teamId: string): Promise<WorkspaceView | null>
  workspace(id: WorkspaceId): Promise<WorkspaceView | null>
  /** The newest head, for the copy that leaves the system; null: nothing is sealed yet. */
  headOfLedger(id: WorkspaceId): Promise<LedgerHead | null>
  /** Links by a code from `createLinkCode`. */
  linkSlackUser(workspaceId: WorkspaceId, slackUserId: string, code: string): Answer<MemberView>
  /** Links by a verified e-mail address that Slack vouches for; null: no member has it. */
  linkSlackUserByEmail(workspaceId: WorkspaceId, slackUserId: string, email: string): Promise<MemberView | null>
  /** What an edit would look like against the payload in force, for a card that shows what changed. */
  describeChanges(kindId: string, before: Input, after: Input): readonly Difference[]
}
