import { z } from 'zod'
import type { Json } from '../../core/domain/canonical.ts'
import type { Refusal } from '../http.ts'

/** Mailchimp's error body (application/problem+json). Its detail stays inside: it may quote what we sent. */
const ProblemBody = z.object({ title: z.string().max(100) })

const BY_TITLE: Readonly<Record<string, string>> = {
  'Member Exists': 'This person is already in the audience.',
  'Member In Compliance State':
    'This person unsubscribed, bounced or was taken out for compliance, and can only come back by signing up again.',
  'Forgotten Email Not Subscribed': 'This address was deleted for good and can only come back by signing up again.',
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'Mailchimp does not accept this as it stands.',
  404: 'Mailchimp does not have this any more.',
  405: 'Mailchimp does not allow this in the state that it is in.',
  409: 'Mailchimp is still working on an earlier change of the same thing.',
  414: 'This is more than Mailchimp takes at once.',
  422: 'Mailchimp does not accept one of these values.',
}

/** A refusal in our words. Mailchimp names no permission and no wait. */
export function readRefusal(status: number, body: Json | undefined): Refusal {
  const read = ProblemBody.safeParse(body)
  const title = read.success ? read.data.title : null
  return {
    providerCode: title,
    says: BY_TITLE[title ?? ''] ?? BY_STATUS[status] ?? 'Mailchimp refused this.',
    scope: null,
    waitMs: null,
  }
}
