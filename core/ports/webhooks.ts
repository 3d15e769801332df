import type { Channel } from '../domain/category.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { Result } from '../domain/result.ts'
import type { Recipient } from './kind.ts'
import type { PlatformError, Session } from './platform.ts'

/** A message as a platform posted it. */
export type WebhookMessage = {
  /** The address that was called, as the platform was told it. */
  readonly url: string
  /** Those that the platform signs with, by their name in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Unread, since that is what is signed. */
  readonly body: string
}

/** What counts as soon as it is told: it only makes less possible, so nothing is gained by making it up. */
export type Told =
  | {
      readonly kind: 'withdrew'
      readonly identifiers: readonly GivenIdentifier[]
      readonly channel: Channel
      readonly at: Date
      readonly source: string
    }
  /** They use another identifier from now on. `proven`: the platform signed it, so that the two are one person. */
  | {
      readonly kind: 'moved'
      readonly from: GivenIdentifier
      readonly to: GivenIdentifier
      readonly channel: Channel
      readonly proven: boolean
    }
  /** The platform had to forget them. */
  | { readonly kind: 'forgotten'; readonly identifiers: readonly GivenIdentifier[] }

export type WebhookNews = {
  readonly told: readonly Told[]
  /** Reads on the platform what counts only as it stands there; null: nothing does. */
  readonly readBack: ((session: Session) => Promise<Result<readonly Recipient[], PlatformError>>) | null
}

export type WebhookFault =
  /** The connection has a secret to sign with, and this was not signed with it, or too long ago. */
  | { readonly kind: 'unsigned' }
  /** The credentials cannot be read, so nobody knows whether they hold a secret: it counts nothing until they can. */
  | { readonly kind: 'unverifiable' }
  | { readonly kind: 'unreadable'; readonly says: string }

/** What platforms send by themselves. */
export type Webhooks = {
  /** The platforms that do. */
  readonly platforms: readonly string[]
  /** Reads what a platform sent to one connection. `credentials`: the connection's, opened. Throws for a platform that sends nothing. */
  read(platform: string, message: WebhookMessage, credentials: string, now: Date): Result<WebhookNews, WebhookFault>
}
