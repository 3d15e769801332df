import { z } from '@hono/zod-openapi'
import type { SwitchView } from '../../gate/views.ts'
import { Instant } from './values.ts'

export const SwitchSchema = z
  .object({
    id: z.string().openapi({ example: 'swt_01' }),
    target: z.object({
      kind: z.enum(['all', 'workspace', 'agent', 'category', 'platform', 'kind']),
      value: z.string().nullable(),
    }),
    words: z.string().openapi({ example: 'Mailchimp' }),
    reason: z.string().nullable(),
    by: z.string(),
    at: Instant,
  })
  .openapi('Switch')

export function representSwitch(view: SwitchView): z.infer<typeof SwitchSchema> {
  return {
    id: view.id,
    target: { kind: view.target.kind, value: 'value' in view.target ? view.target.value : null },
    words: view.words,
    reason: view.reason,
    by: view.by,
    at: view.at.toISOString(),
  }
}
