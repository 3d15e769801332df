import type { BudgetPeriod } from '../rules/budget-charges.ts'
import type { ApproverLimits } from '../domain/approver-limits.ts'
import type { State } from '../domain/action-states.ts'
import type { Band } from '../domain/band.ts'
import type { Category, Channel } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import type { DisabledWhy } from '../domain/callback-schedule.ts'
import type { DecisionKept, DecisionVerb, Question, Severity } from '../domain/decision.ts'
import type { Effect, Undo } from '../domain/effect.ts'
import type {
  ActionId,
  AgentId,
  CallbackDeliveryId,
  CallbackEndpointId,
  ExceptionId,
  FeedbackId,
  MemberId,
  PlanId,
  SwitchId,
  WorkspaceId,
} from '../domain/ids.ts'
import type { BoundBy, Tier } from '../domain/level.ts'
import type { Money } from '../domain/money.ts'
import type { Role } from '../domain/people.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type { Verdict } from '../domain/verdict.ts'
import type { DeliveryState } from '../ports/callbacks.ts'
import type { Difference, Field, Input, Preview } from '../ports/kind.ts'

/** Who asked for it, as told by the proposer: quoted on the card, and answered with the *Done* in that thread. */
export type RequestedBy = {
  /** A member's id, e-mail or Slack user id; words for the card where none matches. */
  readonly member: string
  readonly words?: string
  readonly thread?: { readonly channel: string; readonly ts: string }
}

export type Evidence = { readonly label: string; readonly url: string }

export type DecisionView = {
  readonly decision: DecisionKept
  readonly by: { readonly id: MemberId | AgentId; readonly name: string }
  /** The member who is away, whose right it was. */
  readonly onBehalfOf: { readonly id: MemberId; readonly name: string } | null
  readonly at: Date
  readonly payloadHash: string
  readonly severity: Severity | null
  readonly reason: string | null
  /** "Event cancelled": does not count against the agent. */
  readonly outside: boolean
  /** What an edit changed, field by field. */
  readonly changes: readonly Difference[]
}

export type ApprovalsView = {
  readonly needed: number
  readonly missing: number
  readonly given: readonly { readonly id: MemberId | AgentId; readonly name: string; readonly at: Date }[]
  /** "1 of 2: Ann approved, one more needed." */
  readonly says: string
}

export type ExceptionView = {
  readonly id: ExceptionId
  readonly actionId: ActionId | null
  readonly source: string
  readonly says: string
  readonly openedAt: Date
  readonly resolvedAt: Date | null
  readonly resolvedBy: string | null
  /** What a person may do about it now. `retry`: try again; `resolve`: say what happened. */
  readonly options: readonly ('retry' | 'happened' | 'did_not_happen')[]
}

/** An action as every door shows it. Doors map it field by field; nothing here leaks by itself. */
export type ActionView = {
  readonly id: ActionId
  readonly workspaceId: WorkspaceId
  readonly state: State
  /** Grows by one with every ledger event of this action. */
  readonly version: number
  readonly kind: {
    readonly id: string
    readonly title: string
    readonly fields: readonly Field[]
    readonly canTest: boolean
  }
  readonly platform: string
  readonly connection: { readonly name: string; readonly sandbox: boolean }
  readonly category: Category
  readonly channel: Channel
  readonly scope: string
  readonly scenario: string
  readonly band: Band | null
  readonly level: {
    readonly inForce: Level
    readonly boundBy: BoundBy
    readonly grant: Level | null
    readonly tier: Tier | null
    readonly ceiling: Level
    readonly why: string
  } | null
  readonly verdict: Verdict | null
  readonly preview: Preview
  readonly input: Input
  /** Null while `proposed`: what it binds on the platform has not been read yet. */
  readonly payloadHash: string | null
  readonly policyVersion: number
  readonly effect: Effect
  readonly undo: { readonly class: Undo; readonly until: Date | null }
  readonly reach: { readonly people: number; readonly listSize: number | null; readonly amount: Money | null } | null
  readonly agent: { readonly id: AgentId | null; readonly name: string }
  readonly reason: string
  readonly requestedBy: RequestedBy | null
  readonly evidence: readonly Evidence[]
  readonly confidence: number | null
  /** Why a person was asked where its level alone would not have: its agent did, or a guardrail; null: they were not. */
  readonly asked: { readonly by: 'agent' | 'guardrail'; readonly question: Question | null } | null
  readonly agentCost: Money | null
  readonly dryRun: boolean
  readonly proposedAt: Date
  /** When it is carried out: the planned time, where one was given. */
  readonly slotAt: Date | null
  readonly expiresAt: Date | null
  /** When a held effect goes out. */
  readonly holdUntil: Date | null
  readonly snoozedUntil: Date | null
  readonly reminders: number
  readonly escalated: boolean
  readonly decisions: readonly DecisionView[]
  /** While it waits, where more than one person has to approve it. */
  readonly approvals: ApprovalsView | null
  /** Why it came back to waiting, or why it ended, in a sentence: drift, recall, failed preflight, refusal. */
  readonly note: string | null
  readonly differences: readonly Difference[]
  /** What stands in the way on the platform, read when the card was drawn. */
  readonly preflight: readonly string[]
  readonly receipt: { readonly reference: string; readonly openUrl: string | null } | null
  readonly executedAt: Date | null
  readonly undoneAt: Date | null
  readonly supersedes: ActionId | null
  readonly supersededBy: ActionId | null
  /** Against the version that it supersedes. */
  readonly changes: readonly Difference[]
  readonly plan: { readonly id: PlanId; readonly step: number; readonly steps: number } | null
  readonly exception: ExceptionView | null
  /** Set while a switch freezes it. */
  readonly frozenBy: SwitchView | null
}

export type PlanView = {
  readonly id: PlanId
  readonly workspaceId: WorkspaceId
  readonly title: string
  readonly state:
    | 'proposed'
    | 'awaiting_approval'
    | 'running'
    | 'executed'
    | 'stopped'
    | 'rejected'
    | 'expired'
    | 'cancelled'
    | 'undone'
    | 'blocked'
    | 'observed'
    | 'changes_requested'
  readonly payloadHash: string | null
  readonly reason: string
  readonly people: number
  readonly amount: Money | null
  /** In order of execution; the level of the plan is the lowest of its steps. */
  readonly steps: readonly ActionView[]
}

export type SwitchView = {
  readonly id: SwitchId
  readonly target: SwitchTarget
  /** In words: "everything", "Mailchimp", "the agent Copywriter". */
  readonly words: string
  readonly reason: string | null
  readonly by: string
  readonly at: Date
  /** A stop; or, after a staged resume, that people look at everything of it until a time. */
  readonly mode: 'stop' | 'review'
  readonly until: Date | null
}

export type MemberView = {
  readonly id: MemberId
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly slackUserId: string | null
  /** What they may approve; null: whatever their role may. */
  readonly limits: ApproverLimits | null
  /** Set once they left. */
  readonly disabledAt: Date | null
}

export type AgentView = {
  readonly id: AgentId
  readonly name: string
  /** Empty: every kind of this installation. */
  readonly kinds: readonly string[]
  /** Empty: every channel. */
  readonly channels: readonly Channel[]
  /** The most that one proposal may cost, in minor units. */
  readonly maxAmountMinor: number | null
  /** Proposals in any hour. */
  readonly ratePerHour: number | null
  readonly keyPrefix: string
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

/** An address that an agent named for callbacks. `disabled`: nothing is sent there until somebody enables it. */
export type CallbackEndpointView = {
  readonly id: CallbackEndpointId
  readonly proposerId: AgentId | MemberId
  /** Origin and path. */
  readonly url: string
  readonly state: 'live' | 'failing' | 'disabled'
  readonly failures: number
  readonly failingSince: Date | null
  readonly lastSuccessAt: Date | null
  readonly disabledAt: Date | null
  readonly disabledWhy: DisabledWhy | null
  /** Deliveries of the last 30 days in these states. */
  readonly waiting: number
  readonly failed: number
  readonly notSent: number
}

export type CallbackDeliveryView = {
  readonly id: CallbackDeliveryId
  readonly actionId: ActionId
  readonly version: number
  readonly type: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly lastStatus: number | null
  readonly lastFailure: string | null
  readonly nextTryAt: Date | null
  readonly createdAt: Date
  readonly deliveredAt: Date | null
}

/** What a person said about an action, offered back to the agent that proposed it. */
export type FeedbackView = {
  readonly id: FeedbackId
  readonly actionId: ActionId
  readonly kind: string
  readonly category: Category
  readonly decision: DecisionVerb | 'undo'
  readonly severity: Severity | null
  readonly says: string
  readonly changes: readonly Difference[]
  /** Told to a model in so many words: "Do not resend this." */
  readonly advice: string
  readonly by: string
  readonly at: Date
}

export type WorkspaceView = {
  readonly id: WorkspaceId
  readonly name: string
  readonly timeZone: string
  readonly locale: string
  readonly currency: string
  readonly approvalsChannel: string
}

export type BudgetView = {
  /** `day:2026-11-22` */
  readonly id: string
  /** "the month’s budget for email" */
  readonly name: string
  readonly period: BudgetPeriod
  /** Null: it lives as long as its campaign. */
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly askAbove: Money | null
  readonly cap: Money | null
  readonly reserved: Money
  readonly committed: Money
  /** What the platform says was spent; counts where it is larger than what was committed. */
  readonly spent: Money
}
