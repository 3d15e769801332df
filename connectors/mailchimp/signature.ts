import type { WebhookMessage } from '../../core/ports/webhooks.ts'
import { isFresh, isSignedWith } from '../webhook.ts'

/** The header `t=<seconds>,v1=<hex>`; while the secret changes over there is more than one `v1`. */
export const MAILCHIMP_SIGNATURE = 'x-mailchimp-signature'

/** Whether Mailchimp signed the message with the webhook's secret, within five minutes. */
export function isSignedByMailchimp({ headers, body }: WebhookMessage, secret: string, now: Date): boolean {
  const parts = (headers[MAILCHIMP_SIGNATURE] ?? '').split(',').map((part) => part.trim().split('='))
  const valuesOf = (wanted: string) => parts.flatMap(([name, value = '']) => (name === wanted ? [value] : []))
  const [seconds = '', more] = valuesOf('t')
  if (more !== undefined || !/^\d{1,12}$/.test(seconds) || !isFresh(Number(seconds) * 1000, now)) return false
  return valuesOf('v1').some((given) => isSignedWith(secret, `${seconds}.${body}`, given, 'hex'))
}
