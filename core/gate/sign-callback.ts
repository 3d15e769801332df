import { createHmac } from 'node:crypto'

/**
 * The headers of one attempt by the Standard Webhooks convention: `webhook-id`, `webhook-timestamp` (of the attempt, in
 * seconds) and `webhook-signature`, one `v1,<base64 HMAC-SHA256 of id.timestamp.body>` a secret, separated by spaces.
 */
export function signCallback(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
