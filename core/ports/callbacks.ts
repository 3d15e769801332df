import type { DisabledWhy } from '../domain/callback-schedule.ts'
import type { ActionId, AgentId, CallbackDeliveryId, CallbackEndpointId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'

/** Why a callback was not taken. `forbidden`: an address that may never be called, such as one in a private network. */
export type CallbackFailure =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  /** Any status but 2xx; `retryAfterMs` is what the receiver asked for. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterMs: number | null }

/** Posts to an address that an agent named: public ones only, checked on the resolved address, redirects not followed. */
export type Callbacks = {
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Result<{ readonly status: number }, CallbackFailure>>
  /** What is wrong with the address as it is written, without asking anybody; null: nothing. */
  problemOf(url: string): string | null
}

/** One address (origin and path) of one proposer, and how it fares. */
export type CallbackEndpointRow = {
  readonly id: CallbackEndpointId
  readonly workspaceId: WorkspaceId
  readonly proposerId: AgentId | MemberId
  readonly url: string
  readonly createdAt: Date
  readonly lastSuccessAt: Date | null
  /** Of the first failure since the last success. */
  readonly failingSince: Date | null
  readonly failures: number
  /** An overloaded receiver asked for peace until then. */
  readonly pausedUntil: Date | null
  readonly disabledAt: Date | null
  readonly disabledWhy: DisabledWhy | null
}

/** `overtaken`: the action had moved on, and the newer version was told. `not_sent`: the address was disabled. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed', 'not_sent', 'overtaken'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** One event for one address, with the bytes that every attempt sends. */
export type CallbackDeliveryRow = {
  readonly id: CallbackDeliveryId
  readonly workspaceId: WorkspaceId
  readonly endpointId: CallbackEndpointId
  readonly actionId: ActionId
  readonly version: number
  readonly type: string
  readonly url: string
  readonly body: string
  readonly state: DeliveryState
  /** Attempts since it was made, or since it was replayed last. */
  readonly attempts: number
  /** A person or the agent asked for it again: it is sent although the action moved on. */
  readonly replayed: boolean
  readonly lastStatus: number | null
  readonly lastFailure: string | null
  readonly nextTryAt: Date | null
  readonly createdAt: Date
  readonly deliveredAt: Date | null
}

export type CallbackSecretRow = {
  readonly ownerId: AgentId | MemberId
  /** Sealed, both. */
  readonly current: string
  readonly previous: string | null
  readonly previousUntil: Date | null
}

export type Replayed =
  | { readonly deliveries: 'failed' | 'all'; readonly since: Date | null }
  | { readonly deliveries: CallbackDeliveryId }

/** What a transaction can do with callbacks of its workspace. Lock order: the endpoint, then its deliveries. */
export type CallbackRows = {
  /** The endpoint of this proposer and address, made when it is the first. */
  openEndpoint(id: CallbackEndpointId, proposerId: AgentId | MemberId, url: string): Promise<CallbackEndpointRow>
  /** False: this version of the action has one already. */
  insertDelivery(row: CallbackDeliveryRow): Promise<boolean>
  /** `lock`: for update, the endpoint first. */
  loadDelivery(
    id: CallbackDeliveryId,
    lock: boolean,
  ): Promise<{ readonly endpoint: CallbackEndpointRow; readonly delivery: CallbackDeliveryRow } | null>
  /** Locks it for update. */
  loadEndpoint(id: CallbackEndpointId): Promise<CallbackEndpointRow | null>
  listEndpoints(proposerId: AgentId | MemberId | null): Promise<readonly CallbackEndpointRow[]>
  countDeliveries(
    ids: readonly CallbackEndpointId[],
  ): Promise<
    readonly { readonly endpointId: CallbackEndpointId; readonly state: DeliveryState; readonly count: number }[]
  >
  /** Newest first. */
  listDeliveries(
    id: CallbackEndpointId,
    query: { readonly before?: string; readonly limit: number },
  ): Promise<readonly CallbackDeliveryRow[]>
  updateDelivery(
    id: CallbackDeliveryId,
    change: Partial<
      Pick<
        CallbackDeliveryRow,
        'state' | 'attempts' | 'replayed' | 'lastStatus' | 'lastFailure' | 'nextTryAt' | 'deliveredAt'
      >
    >,
  ): Promise<void>
  updateEndpoint(
    id: CallbackEndpointId,
    change: Partial<Omit<CallbackEndpointRow, 'id' | 'workspaceId' | 'proposerId' | 'url' | 'createdAt'>>,
  ): Promise<void>
  /** What waits for a disabled endpoint is not sent; returns how many. */
  holdBack(id: CallbackEndpointId): Promise<number>
  /** Makes them due now, with all their attempts before them; returns how many. */
  replay(id: CallbackEndpointId, which: Replayed): Promise<number>
  loadSecret(ownerId: AgentId | MemberId): Promise<CallbackSecretRow | null>
  /** False: there is one already. */
  insertSecret(ownerId: AgentId | MemberId, sealed: string): Promise<boolean>
  updateSecret(row: CallbackSecretRow): Promise<void>
}

export type DueCallback = { readonly workspaceId: WorkspaceId; readonly id: CallbackDeliveryId }
