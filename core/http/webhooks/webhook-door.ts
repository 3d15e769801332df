import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { WebhookMessage } from '../../ports/webhooks.ts'
import type { HttpEnv } from '../http-env.ts'
import { pathId } from '../request-values.ts'

/** What the doors of all platforms have in common: the address knows the connection and is its own proof. */
export const WEBHOOK = {
  tags: ['Webhooks'],
  security: [],
  request: {
    params: pathId('con'),
    query: z.object({
      key: z.string().max(200).openapi({ description: 'Part of the address, as `webhook_url` has it' }),
    }),
  },
}

export const HEARD = {
  204: { description: 'It was taken up' },
  503: {
    description:
      'What makes less possible was taken up, or nothing where our credentials cannot be read; tell it again',
  },
}

/** The message as it came. `headers`: those that the platform signs with, in lower case. */
export async function webhookMessage(c: Context<HttpEnv>, headers: readonly string[]): Promise<WebhookMessage> {
  const { pathname, search } = new URL(c.req.url)
  return {
    // As the platform was told it: what lies in between may have changed host and scheme.
    url: `${c.var.publicUrl}${pathname}${search}`,
    headers: Object.fromEntries(
      headers.flatMap((name) => {
        const value = c.req.header(name)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
    body: await c.req.text(),
  }
}
