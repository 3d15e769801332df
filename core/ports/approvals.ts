import type {
  ActionId,
  CallbackEndpointId,
  MemberId,
  NoticeId,
  PlanId,
  PromotionId,
  WorkspaceId,
} from '../domain/ids.ts'

/** What a message is about and which of its messages it is (one card, one note in the requester's thread …). */
export type MessageKey = {
  readonly workspaceId: WorkspaceId
  readonly subject: ActionId | PlanId | CallbackEndpointId | WorkspaceId | PromotionId | NoticeId
  readonly slot: string
}

export type SentMessage = {
  readonly channel: string
  readonly ts: string
  /** Digest of what was drawn last; an equal digest needs no update. */
  readonly digest: string
}

/**
 * Remembers which message shows what. Slack has no idempotency key, so a message is claimed before it is posted: of
 * two senders one gets the claim; a claim that was not filled within a minute (the process died) may be taken again.
 */
export type Messages = {
  /** `sent`: it exists. `claimed`: post it, then call `filled`. `busy`: somebody else is posting it; come back. */
  claim(
    key: MessageKey,
  ): Promise<
    { readonly kind: 'sent'; readonly message: SentMessage } | { readonly kind: 'claimed' } | { readonly kind: 'busy' }
  >
  filled(key: MessageKey, message: SentMessage): Promise<void>
  released(key: MessageKey): Promise<void>
  /** The subject of a message, by where it stands; null: not one of ours. */
  subjectOf(workspaceId: WorkspaceId, channel: string, ts: string): Promise<MessageKey | null>
}

/** One message a second per channel: a queue, not a loop. Returns how long to wait first, in milliseconds. */
export type Pace = (workspaceId: WorkspaceId, channel: string) => Promise<number>

/** A side job that draws or tells; its payload is ids, its worker reads the rest. */
export type SideJob =
  /** Bring every Slack message about this action (or plan) up to date. */
  | { readonly queue: 'card'; readonly workspaceId: WorkspaceId; readonly subject: ActionId | PlanId }
  /** Remind or escalate: a thread reply that mentions the person. */
  | {
      readonly queue: 'reminder'
      readonly workspaceId: WorkspaceId
      readonly subject: ActionId
      readonly to: MemberId | null
      readonly kind: 'remind' | 'escalate'
    }
  /** Tell the agent's callback address. */
  | {
      readonly queue: 'webhook'
      readonly workspaceId: WorkspaceId
      readonly subject: ActionId
      readonly version: number
    }
  /** Tell the people that a callback address was disabled. */
  | { readonly queue: 'callback_notice'; readonly workspaceId: WorkspaceId; readonly subject: CallbackEndpointId }
  /** The weekly or monthly summary of what ran at levels 4 and 5. */
  | { readonly queue: 'digest'; readonly workspaceId: WorkspaceId; readonly period: 'week' | 'month' }
  /** Draw the card of a proposed raise, or tell a notice about trust. */
  | { readonly queue: 'trust_card'; readonly workspaceId: WorkspaceId; readonly subject: PromotionId | NoticeId }
  /** Look whether anybody has earned more, and what of the levels is due. */
  | { readonly queue: 'review'; readonly workspaceId: WorkspaceId }
  /** The newest head of the ledger, so that a copy of it lies outside the database. */
  | { readonly queue: 'head'; readonly workspaceId: WorkspaceId }
