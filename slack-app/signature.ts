import { createHmac, timingSafeEqual } from 'node:crypto'

export const SIGNATURE_WINDOW_MS = 5 * 60_000

export type SignatureFault = 'missing' | 'malformed' | 'outside_window' | 'wrong'

/**
 * Checks Slack's v0 signature on the raw body. The timestamp (seconds) may lie five minutes off in either direction.
 * Returns the fault, or null where there is none. https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signatureFault(
  request: { readonly timestamp: string | null; readonly signature: string | null; readonly rawBody: string },
  signingSecret: string,
  now: Date,
): SignatureFault | null {
  const { timestamp, signature, rawBody } = request
  // Without a secret anybody could sign; an empty one must never verify.
  if (timestamp === null || signature === null || signingSecret === '') return 'missing'
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'malformed'
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > SIGNATURE_WINDOW_MS) return 'outside_window'
  const expected = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${rawBody}`).digest('hex')}`
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature)) ? null : 'wrong'
}
