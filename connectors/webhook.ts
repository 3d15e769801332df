import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Json } from '../core/domain/canonical.ts'
import type { Result } from '../core/domain/result.ts'
import type { WebhookFault, WebhookMessage, WebhookNews } from '../core/ports/webhooks.ts'

/** Reads what one platform posted. `credentials` is the decrypted JSON of the connection, not yet trusted. */
export type ReadWebhook = (
  message: WebhookMessage,
  credentials: Json | undefined,
  now: Date,
) => Result<WebhookNews, WebhookFault>

/** The longest that a read may take, in milliseconds: HubSpot wants its answer within five seconds. */
export const READ_BACK_MS = 3000

const WINDOW_MS = 5 * 60_000

/** Whether a message was signed at most five minutes ago, or by a clock at most as much ahead of ours. */
export const isFresh = (signedAtMs: number, now: Date): boolean => Math.abs(now.getTime() - signedAtMs) <= WINDOW_MS

/** Whether a given HMAC-SHA256 is that of the text; how long it takes says nothing about how much of it was right. */
export function isSignedWith(secret: string, text: string, given: string, encoding: 'hex' | 'base64'): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest(encoding))
  const theirs = Buffer.from(given)
  return theirs.length === expected.length && timingSafeEqual(theirs, expected)
}
