import type { ActionId } from '../domain/ids.ts'
import type { Judgement } from './judge.ts'

export type Rejection = { readonly by: string; readonly at: Date; readonly why: string | null }

/** What guardrails ask of a workspace's own records, and what is kept for them. Digests are SHA-256 in hex. */
export type LookUps = {
  /** Whether none of these payloads was rejected in so many days; false says nothing for certain: ask for it. */
  hasNoRejection(digests: readonly string[], days: number): Promise<boolean>
  rejectionOf(digests: readonly string[], days: number): Promise<Rejection | null>
  keepRejection(digest: string, actionId: ActionId, rejection: Rejection): Promise<void>
  /** Lifts the block of what was rejected there; whether there was one. */
  forgetRejection(actionId: ActionId): Promise<boolean>
  /** Forgets why something was rejected where one of these texts stands in it as a whole; the block itself stays. */
  forgetReasonsWith(texts: readonly string[]): Promise<void>
  /** When the same text last went to the same audience in so many days; null: it did not. */
  sentBefore(text: string, audience: string, days: number): Promise<{ readonly at: Date } | null>
  /** Whether anything ever went to this audience, and over this channel. */
  reachedBefore(audience: string, channel: string): Promise<{ readonly known: boolean; readonly channelKnown: boolean }>
  keepSent(row: {
    readonly actionId: ActionId
    readonly text: string
    readonly audience: string
    readonly channel: string
    readonly at: Date
  }): Promise<void>
  /** What the model judge said under this digest within 30 days; null: it was not asked. */
  judgementOf(digest: string): Promise<Judgement | null>
  /** Keeps what it said, and forgets what is older than that. */
  keepJudgement(digest: string, judgement: Judgement): Promise<void>
}
