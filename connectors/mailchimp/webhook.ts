import { z } from 'zod'
import { err, ok, type Result } from '../../core/domain/result.ts'
import type { Told } from '../../core/ports/webhooks.ts'
import { clientOf } from '../define.ts'
import { READ_BACK_MS, type ReadWebhook } from '../webhook.ts'
import type { Mailchimp } from './client.ts'
import { ListId } from './member-fields.ts'
import { type NamedMember, readMember } from './read-members.ts'
import { isSignedByMailchimp } from './signature.ts'

/** `2009-03-26 21:35:57`, in Greenwich time. */
const FiredAt = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .transform((text) => new Date(`${text.replace(' ', 'T')}Z`))
  .refine((at) => !Number.isNaN(at.getTime()))

const Email = z.string().min(1).max(320)
const of = <Type extends string, Data extends z.ZodRawShape>(type: Type, data: Data) =>
  z.looseObject({ type: z.literal(type), fired_at: FiredAt, data: z.looseObject(data) })

const Event = z.discriminatedUnion('type', [
  of('subscribe', { email: Email, list_id: ListId }),
  of('unsubscribe', { email: Email, reason: z.string().optional() }),
  of('cleaned', { email: Email, reason: z.string().optional() }),
  of('upemail', { old_email: Email, new_email: Email, list_id: ListId }),
  of('profile', {}),
  of('campaign', {}),
])
type Event = z.infer<typeof Event>

/** What a form says, and whom to ask Mailchimp about. */
export type MailchimpForm = { readonly told: readonly Told[]; readonly toRead: NamedMember | null }

const Proof = z.object({ webhookSecret: z.string().min(1).optional() })

/**
 * Reads what Mailchimp posts about an audience. Whoever is taken off, whose mail came back or who complained withdrew. That
 * somebody joined anybody could say who came by the address: it counts as Mailchimp has it, when it is asked.
 */
export const readMailchimpWebhook: ReadWebhook = (message, credentials, now) => {
  const proof = Proof.safeParse(credentials)
  if (!proof.success) return err({ kind: 'unverifiable' })
  const { webhookSecret } = proof.data
  if (webhookSecret !== undefined && !isSignedByMailchimp(message, webhookSecret, now)) return err({ kind: 'unsigned' })
  const form = readMailchimpForm(message.body, webhookSecret !== undefined)
  if (!form.ok) return err({ kind: 'unreadable', says: form.error })
  const { told, toRead } = form.value
  return ok({
    told,
    readBack: toRead && ((session) => readMember(toRead, clientOf<Mailchimp>(session, 'mailchimp', READ_BACK_MS))),
  })
}

/** Reads the form: `type`, `fired_at` and `data[…]`; the error says what was wrong with it. `proven`: Mailchimp signed it. */
export function readMailchimpForm(body: string, proven: boolean): Result<MailchimpForm, string> {
  const event = Event.safeParse(fieldsOf(new URLSearchParams(body)))
  if (event.success) return ok(newsOf(event.data, proven))
  const where = event.error.issues[0]?.path.join('.') ?? ''
  return err(`This is not an event of an audience as Mailchimp sends it: look at ${where === '' ? 'the form' : where}.`)
}

/** The fields that are read; merge fields and the like stay what they are. */
function fieldsOf(form: URLSearchParams): { readonly [name: string]: unknown } {
  const data = [...form].flatMap(([name, value]) => {
    const field = /^data\[(\w+)\]$/.exec(name)?.[1]
    return field === undefined ? [] : [[field, value] as const]
  })
  return { type: form.get('type'), fired_at: form.get('fired_at'), data: Object.fromEntries(data) }
}

function newsOf(event: Event, proven: boolean): MailchimpForm {
  switch (event.type) {
    case 'subscribe':
      return { told: [], toRead: { listId: event.data.list_id, email: event.data.email } }
    case 'unsubscribe':
      return { told: [withdrew(event, 'Mailchimp')], toRead: null }
    case 'cleaned':
      return { told: [withdrew(event, 'Mailchimp (mail came back)')], toRead: null }
    case 'upemail': {
      const { old_email: from, new_email: to, list_id: listId } = event.data
      return {
        told: [{ kind: 'moved', from: email(from), to: email(to), channel: 'email', proven }],
        toRead: { listId, email: to },
      }
    }
    case 'profile':
    case 'campaign':
      return { told: [], toRead: null }
  }
}

const email = (value: string) => ({ kind: 'email' as const, value })

const withdrew = (
  { fired_at: at, data }: Extract<Event, { type: 'unsubscribe' | 'cleaned' }>,
  source: string,
): Told => ({
  kind: 'withdrew',
  identifiers: [email(data.email)],
  channel: 'email',
  at,
  source: data.reason === 'abuse' ? 'Mailchimp (reported as spam)' : source,
})
