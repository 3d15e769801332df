import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ActionSchema } from '../core/http/represent/action-schema.ts'
import { claim } from './claim.ts'
import { reach } from './reach.ts'

/** How the gate says no. */
export const Problem = z.object({ type: z.string(), detail: z.string(), action: ActionSchema.optional() })
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })

type Answer = { readonly status: number; readonly retryAfter: string | null; readonly body: unknown }

/** One request to the gate's API, with its answer as it came. */
export async function call(url: string, key: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await reach(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(path === '/v1/actions' && { 'idempotency-key': randomUUID(), prefer: 'wait=20' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, retryAfter: headers.get('retry-after'), body: text === '' ? null : JSON.parse(text) }
}

/** The answer in the form that the API describes; everything else ends the demo. */
export function expected<T>(schema: z.ZodType<T>, what: string, { status, body }: Answer): T {
  const refused = Problem.safeParse(body)
  claim(status < 300, `${what}: ${refused.success ? refused.data.detail : `the gate answered ${status}`}`)
  const read = schema.safeParse(body)
  claim(read.success, `${what}: the gate answered something that its API does not describe.`)
  return read.data
}
