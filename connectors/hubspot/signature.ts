import type { WebhookMessage } from '../../core/ports/webhooks.ts'
import { isFresh, isSignedWith } from '../webhook.ts'

export const HUBSPOT_SIGNATURE = 'x-hubspot-signature-v3'
export const HUBSPOT_TIMESTAMP = 'x-hubspot-request-timestamp'

/** What HubSpot decodes of an address before it signs, and nothing else. */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi

/**
 * Whether HubSpot signed the message (version 3, a POST) with the app's client secret, within five minutes. Older versions,
 * which HubSpot sends beside it, have no time and are not looked at.
 */
export function isSignedByHubSpot({ url, headers, body }: WebhookMessage, secret: string, now: Date): boolean {
  const { [HUBSPOT_SIGNATURE]: given = '', [HUBSPOT_TIMESTAMP]: timestamp = '' } = headers
  if (!/^\d{1,15}$/.test(timestamp) || !isFresh(Number(timestamp), now)) return false
  const uri = url.replaceAll(DECODED, (code) => decodeURIComponent(code))
  return isSignedWith(secret, `POST${uri}${body}${timestamp}`, given, 'base64')
}
