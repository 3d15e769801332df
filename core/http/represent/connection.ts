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
  })
  .openapi('Connection')

export const CredentialsText = text(20_000).openapi({ description: 'Kept encrypted and never answered' })

/** Credentials are not part of the view and never come back. */
export function representConnection(view: ConnectionView): z.infer<typeof ConnectionSchema> {
  return { id: view.id, platform: view.platform, name: view.name, state: view.state, sandbox: view.sandbox }
}
