import type { ConnectionId } from '../core/domain/ids.ts'
import type { Session } from '../core/ports/platform.ts'
import type { Fetch } from './http.ts'

/** What every connector is made from. */
export type Connecting = {
  readonly fetch: Fetch
  /** Overrides the platform's public address, in every mode. */
  readonly baseUrl: string | undefined
  /** Wall clock in milliseconds. */
  readonly now: () => number
  /** Shortens every kind's timeout, in milliseconds; it never lengthens one. */
  readonly timeoutMs: number | undefined
}

export type Connector = {
  readonly platform: string
  /** `credentials` is the decrypted JSON of the connection, not yet trusted. */
  open(connectionId: ConnectionId, credentials: unknown): Session
}

/** Stands in for a platform where the credentials cannot be read: nothing is sent, and a person has to connect again. */
export const withoutCredentials: Fetch = async () => new Response(null, { status: 401 })
