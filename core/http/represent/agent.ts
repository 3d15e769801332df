import { z } from '@hono/zod-openapi'
import { CHANNELS } from '../../domain/category.ts'
import type { AgentView } from '../../gate/views.ts'
import { Instant, instant } from './values.ts'

export const AgentSchema = z
  .object({
    id: z.string().openapi({ example: 'agt_01' }),
    name: z.string(),
    kinds: z.array(z.string()).openapi({ description: 'Empty: every kind of this installation' }),
    channels: z.array(z.enum(CHANNELS)).openapi({ description: 'Empty: every channel' }),
    max_amount_minor: z.int().nullable().openapi({ description: 'The most that one proposal may cost' }),
    per_hour: z.int().nullable().openapi({ description: 'Proposals in any hour' }),
    key_prefix: z.string(),
    created_at: Instant,
    disabled_at: Instant.nullable(),
  })
  .openapi('Agent')

export const NewKeySchema = z
  .object({
    agent: AgentSchema,
    key: z.string().openapi({ description: 'Shown once; only a hash is kept' }),
    callback_secret: z.string().nullable().openapi({
      description:
        'Signs the callbacks of this agent’s actions (Standard Webhooks); null: rotate it, it cannot be opened',
    }),
  })
  .openapi('AgentWithKey')

export function representAgent(view: AgentView): z.infer<typeof AgentSchema> {
  return {
    id: view.id,
    name: view.name,
    kinds: [...view.kinds],
    channels: [...view.channels],
    max_amount_minor: view.maxAmountMinor,
    per_hour: view.ratePerHour,
    key_prefix: view.keyPrefix,
    created_at: view.createdAt.toISOString(),
    disabled_at: instant(view.disabledAt),
  }
}
