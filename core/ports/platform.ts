import type { ConnectionId, WorkspaceId } from '../domain/ids.ts'

/**
 * Why a platform call did not give what was asked for. What follows from it is a total function of the error and the
 * kind's effect (`domain/after-failure.ts`); nobody decides from a message.
 */
export type PlatformError =
  /** 401: the token is no longer accepted; a person has to connect again. Nothing happened. */
  | { readonly kind: 'auth_expired' }
  /** 403: the connection lacks a permission. Nothing happened. */
  | { readonly kind: 'missing_scope'; readonly scope: string | null }
  /** 429: nothing happened; ask again after the wait. */
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  /** Another 4xx: nothing happened and a repeat would be refused too. `says` is our sentence, not the platform's body. */
  | { readonly kind: 'rejected'; readonly status: number; readonly providerCode: string | null; readonly says: string }
  /** Nothing was sent (connection refused, name not found), or the platform said so (503). */
  | { readonly kind: 'unavailable' }
  /** An answer that does not have the documented shape; for a write: the effect may have happened. */
  | { readonly kind: 'unexpected_answer'; readonly where: string }
  /** Sent, and no clear answer came (timeout, reset, 500, 502, 504): the effect may have happened. */
  | { readonly kind: 'outcome_unknown'; readonly why: string }

/** A connection as the gate knows it; the credentials are opened only when a session is. */
export type Connection = {
  readonly id: ConnectionId
  readonly workspaceId: WorkspaceId
  readonly platform: string
  readonly name: string
  readonly state: 'live' | 'lost'
}

/** An open way to a platform with one connection's credentials. Only the connector that made it can look inside. */
export type Session = { readonly platform: string; readonly connectionId: ConnectionId }

/** Opens sessions; a missing or undecryptable credential is `auth_expired`. */
export type Platforms = {
  open(connection: Connection, credentials: string): Session
}
