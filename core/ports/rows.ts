import type { State } from '../domain/action-states.ts'
import type { Band } from '../domain/band.ts'
import type { Category, Channel } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import type { Json } from '../domain/canonical.ts'
import type { DecisionKept, DecisionVerb, Question, Severity } from '../domain/decision.ts'
import type { Difference } from '../domain/differences.ts'
import type { BoundBy, Tier } from '../domain/level.ts'
import type { HeldCharge } from '../domain/money-by-state.ts'
import type { Money } from '../domain/money.ts'
import type { Standing } from '../domain/trust/standing.ts'
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
  PolicyTrialId,
  SwitchId,
  WorkspaceId,
} from '../domain/ids.ts'
import type { Facts, Input, Preview, Receipt } from './kind.ts'
import type { Connection } from './platform.ts'
import type { AgentRow, DelegationRow, KeyScope, MemberRow } from './member-rows.ts'

export type Workspace = {
  readonly id: WorkspaceId
  readonly name: string
  readonly timeZone: string
  readonly locale: string
  readonly currency: string
  readonly approvalsChannel: string
  readonly home: boolean
}

export type Control = {
  readonly version: number
  readonly epoch: number
  readonly policyVersion: number
  /** The version of the standings, which decisions move without the control row. */
  readonly standings: number
}

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
  /** What its agent asked a person to decide. */
  readonly question: Question | null
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
  /** What it holds of each budget, by window. */
  readonly charges: readonly HeldCharge[]
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
  readonly decision: DecisionKept
  readonly byId: MemberId | AgentId
  readonly byName: string
  /** The member who is away and whose right it was; null: their own. */
  readonly onBehalfOf: MemberId | null
  readonly onBehalfOfName: string | null
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

/** After a staged resume people look at everything of a target until a time. */
export type ReviewRow = SwitchRow & { readonly until: Date }

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

/** A version of the policy with its story. */
export type StoredPolicy = PolicyRow & {
  readonly byId: string | null
  /** The file as it was written; null: it came as JSON. */
  readonly source: string | null
  /** Waits for a second person before it can come into force. */
  readonly waits: boolean
  readonly confirmedBy: readonly { readonly byId: string; readonly byName: string; readonly at: Date }[]
}

export type StoredConnection = Connection & {
  readonly sandbox: boolean
  /** How often the address of its webhooks was taken back. */
  readonly webhookGeneration: number
}

/** A version of the policy that is in force for one scope before the rest. */
export type TrialRow = Pick<PolicyRow, 'version' | 'document' | 'hash'> & {
  readonly id: PolicyTrialId
  readonly when: unknown
  readonly byName: string
  readonly at: Date
}

/** What a key was used for. */
export type ProposedBefore = { readonly id: ActionId; readonly bodyDigest: string; readonly planId: PlanId | null }

/** What the rules need to know about a workspace, of one moment. Kept by the store while nothing of it changes. */
export type Snapshot = {
  readonly workspace: Workspace
  readonly control: Control
  readonly policy: PolicyRow | null
  /** Versions that are on trial for one scope before the rest. */
  readonly trials: readonly TrialRow[]
  readonly standings: readonly Standing[]
  /** On now, the installation's included. */
  readonly switches: readonly SwitchRow[]
  /** What was resumed under review, also where its time is over by now. */
  readonly reviews: readonly ReviewRow[]
  /** Disabled ones too. */
  readonly members: readonly Omit<MemberRow, 'workspaceId' | 'createdAt'>[]
  /** Not ended by a person; whether one runs is for the time to say. Latest first. */
  readonly delegations: readonly Pick<DelegationRow, 'id' | 'fromId' | 'toId' | 'startsAt' | 'endsAt' | 'hands'>[]
  /** Those that may propose. */
  readonly agents: readonly (Pick<AgentRow, 'id' | 'name' | 'createdBy' | 'keyHands'> & KeyScope)[]
  readonly connections: readonly Pick<StoredConnection, 'id' | 'platform' | 'name' | 'sandbox'>[]
}

export type BudgetRow = {
  readonly window: string
  readonly reserved: number
  readonly committed: number
  /** What was committed before there was this budget. */
  readonly carried: number
  /** What the platform says was spent in it, by whomever. */
  readonly spent: number
}

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
