import { z } from '@hono/zod-openapi'
import type { ConnectionView } from '../../gate/gate.ts'
import { text } from '../request-values.ts'

export const ConnectionSchema = z
  .object({
    id: z.string().openapi({ example: 'con_01' }),
    platform: z.string(),
    name: z.string(),
    state: z.enum(['live', 'lost']),
    sandbox: z.boolean(),
    webhook_url: z.url().nullable().openapi({
      description: 'What to tell the platform, so that it tells Tenure who joined and who left; for admins and owners',
    }),
  })
  .openapi('Connection')

export const CredentialsText = text(20_000).openapi({ description: 'Kept encrypted and never answered' })

/** Credentials are not part of the view and never come back. */
export function representConnection(view: ConnectionView, publicUrl: string): z.infer<typeof ConnectionSchema> {
  const { id, platform, name, state, sandbox, webhookKey: key } = view
  const webhook_url = key === null ? null : `${publicUrl}/webhooks/${platform}/${id}?key=${key}`
  return { id, platform, name, state, sandbox, webhook_url }
}
