import { z } from 'zod'
import { err, ok, type Result } from '../../core/domain/result.ts'
import type { PersonNews } from '../../core/ports/webhooks.ts'

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
  of('subscribe', { email: Email }),
  of('unsubscribe', { email: Email, reason: z.string().optional() }),
  of('cleaned', { email: Email, reason: z.string().optional() }),
  of('upemail', { old_email: Email, new_email: Email }),
  of('profile', {}),
  of('campaign', {}),
])
type Event = z.infer<typeof Event>

/**
 * Reads what Mailchimp posts about an audience: a form with `type`, `fired_at` and `data[…]`. Whoever is taken off, whose
 * mail came back or who complained withdrew; a change of address says that two are one person.
 */
export function readMailchimpWebhook(body: string): Result<readonly PersonNews[], string> {
  const event = Event.safeParse(fieldsOf(new URLSearchParams(body)))
  if (event.success) return ok(newsOf(event.data))
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

function newsOf(event: Event): readonly PersonNews[] {
  switch (event.type) {
    case 'subscribe':
      return [said(event, 'given', 'Mailchimp')]
    case 'unsubscribe':
      return [said(event, 'withdrawn', event.data.reason === 'abuse' ? COMPLAINED : 'Mailchimp')]
    case 'cleaned':
      return [said(event, 'withdrawn', event.data.reason === 'abuse' ? COMPLAINED : 'Mailchimp (mail came back)')]
    case 'upemail':
      return [{ identifiers: [email(event.data.old_email), email(event.data.new_email)], said: null }]
    case 'profile':
    case 'campaign':
      return []
  }
}

const COMPLAINED = 'Mailchimp (reported as spam)'

const email = (value: string) => ({ kind: 'email' as const, value })

const said = (
  { fired_at: at, data }: Extract<Event, { type: 'subscribe' | 'unsubscribe' | 'cleaned' }>,
  standing: 'given' | 'withdrawn',
  source: string,
): PersonNews => ({ identifiers: [email(data.email)], said: { standing, at, channel: 'email', source } })
