import type { State } from '../domain/action-states.ts'
import type { Category, Channel } from '../domain/category.ts'
import type { Cause, DecisionVerb, Question, Severity } from '../domain/decision.ts'
import type { ActionId, AgentId } from '../domain/ids.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { SuppressionReason } from '../domain/recipients/suppression.ts'
import type { Money } from '../domain/money.ts'
import type { Evidence, RequestedBy } from './views.ts'

export type Proposal = {
  readonly kind: string
  readonly input: unknown
  /** Which of several connections of the platform; needed only where there is more than one. */
  readonly connection?: string
  readonly reason: string
  readonly requestedBy?: RequestedBy
  readonly evidence?: readonly Evidence[]
  readonly agentCost?: Money
  /** 0 to 1 */
  readonly confidence?: number
  /** What the agent wants a person to decide, whatever its level. */
  readonly question?: Question
  readonly labels?: {
    readonly category?: string
    readonly channel?: string
    readonly segment?: string
    readonly region?: string
    readonly scenario?: string
  }
  readonly fingerprint?: { readonly model?: string; readonly prompt?: string; readonly template?: string }
  readonly notBefore?: Date
  readonly expiresAt?: Date
  readonly supersedes?: ActionId
  readonly callbackUrl?: string
  readonly dryRun?: boolean
}

/** An idempotency key with the digest of the body it came with. */
export type Once = { readonly key: string; readonly bodyDigest: string }

export type PlanProposal = Pick<
  Proposal,
  'reason' | 'requestedBy' | 'evidence' | 'notBefore' | 'expiresAt' | 'callbackUrl'
> & {
  readonly title: string
  readonly steps: readonly Pick<Proposal, 'kind' | 'input' | 'connection'>[]
}

export type DecisionRequest = {
  readonly actionId: ActionId
  readonly decision: DecisionVerb
  /** The hash that the person saw (the first 16 characters or more); a decision on anything else is `stale_hash`. */
  readonly payloadHash: string
  /** For `edit`: the whole new input. */
  readonly input?: unknown
  readonly severity?: Severity
  readonly reason?: string
  readonly outside?: boolean
  /** What was wrong, of a rejection. */
  readonly cause?: Cause
}

export type ActionFilter = {
  readonly state?: State
  readonly kind?: string
  readonly category?: Category
  readonly agentId?: AgentId
}

export type UndoOptions = {
  readonly despiteChanges: boolean
  readonly reason?: string
  readonly outside?: boolean
  /** What was wrong; may also be said within a day afterwards. */
  readonly cause?: Cause
}

/** A measured result; without a time it is measured now. */
export type OutcomeGiven = { readonly metric: string; readonly value: number; readonly measuredAt?: Date }

/** What one person said about being messaged on one channel; without a time they said it now. */
export type ConsentGiven = {
  /** All of one person. */
  readonly identifiers: readonly GivenIdentifier[]
  readonly channel: Channel
  readonly standing: 'given' | 'withdrawn'
  /** Where they said it. */
  readonly source: string
  readonly at?: Date
}

/** Without a channel: on all of them. */
export type SuppressionGiven = {
  readonly identifiers: readonly GivenIdentifier[]
  readonly channel?: Channel
  readonly reason: Exclude<SuppressionReason, 'erased'>
}

/** With a channel, only what was said of that channel is lifted. */
export type SuppressionLift = { readonly identifiers: readonly GivenIdentifier[]; readonly channel?: Channel }

export type Window = { readonly cursor?: string; readonly limit: number }

/** `review`: people look first at what had been let through, and at everything of it for a while. */
export type Resuming = { readonly stage?: 'all' | 'review'; readonly forHours?: number }
