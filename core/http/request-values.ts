import { z } from '@hono/zod-openapi'
import { type IdOf, type IdPrefix, isId } from '../domain/ids.ts'
import { SEVERITIES } from '../domain/decision.ts'

/** An id in a path. A wrong shape is answered like an id that does not exist: 404. */
export function pathId<P extends IdPrefix>(prefix: P) {
  return z.object({ id: bodyId(prefix).openapi({ param: { name: 'id', in: 'path' } }) })
}

/** An id inside a body or a query. */
export function bodyId<P extends IdPrefix>(prefix: P): z.ZodType<IdOf<P>, string> {
  const schema = z
    .string()
    .refine((text) => isId(prefix, text), `must be an id that begins with ${prefix}_`)
    .openapi({ example: `${prefix}_01`, pattern: `^${prefix}_[0-9a-z]{1,40}$` })
  // safe: the refinement is the type guard of the domain.
  return schema as unknown as z.ZodType<IdOf<P>, string>
}

/** Words from outside, kept within what a card can show. */
export const text = (maxLength: number) => z.string().trim().min(1).max(maxLength)

export const WebAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2000)
  .openapi({ format: 'uri', example: 'https://example.com/report' })

/** An instant with its offset, for example 2026-03-02T09:00:00Z. */
export const FutureInstant = z.iso
  .datetime({ offset: true, error: 'must be an instant with its offset, for example 2026-03-02T09:00:00Z' })
  .transform((written) => new Date(written))
  .openapi({ type: 'string', format: 'date-time', example: '2026-03-02T09:00:00Z' })

/** The same for a time that may lie in the past. */
export const AnyInstant = FutureInstant

/** Where an agent is told: an address that carries no credentials, which would end up in lists and logs. */
export const CallbackAddress = WebAddress.refine((url) => {
  const { username, password, hash } = new URL(url)
  return username === '' && password === '' && hash === ''
}, 'must carry neither a user name nor a fragment')

export const IdempotencyKey = z.object({
  'Idempotency-Key': z
    .string('is required: one key for each proposal, repeated only with the same body')
    .regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')
    .openapi({ example: 'newsletter-2026-03-02' }),
})

export const Paging = {
  cursor: z
    .string()
    .regex(/^[\w.~=-]{1,500}$/, 'must be the `next_cursor` of an earlier answer')
    .optional()
    .openapi({ description: '`next_cursor` of the answer before' }),
  limit: z.coerce.number().int().min(1).max(100).default(50).openapi({ type: 'integer', example: 50 }),
}

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() })

export const listOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) })

export const Severity = z.enum(SEVERITIES)

export const jsonBody = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Leaves out what was not given, so that "absent" has one spelling on the way to the gate. */
export function given<T extends object>(fields: T): Defined<T> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined)
  // safe: only members that are not undefined are left.
  return Object.fromEntries(present) as Defined<T>
}

export type ValidationIssue = z.core.$ZodIssue
