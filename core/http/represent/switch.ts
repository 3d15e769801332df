import { z } from '@hono/zod-openapi'
import { SWITCH_TARGETS } from '../../domain/switches.ts'
import type { SwitchView } from '../../gate/views.ts'
import { Instant, instant } from './values.ts'

export const SwitchSchema = z
  .object({
    id: z.string().openapi({ example: 'swt_01' }),
    target: z.object({
      kind: z.enum(SWITCH_TARGETS),
      value: z.string().nullable(),
    }),
    words: z.string().openapi({ example: 'Mailchimp' }),
    reason: z.string().nullable(),
    by: z.string(),
    at: Instant,
    mode: z
      .enum(['stop', 'review'])
      .openapi({ description: 'A stop, or a resume under review: people look at everything until a time' }),
    until: Instant.nullable(),
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
    mode: view.mode,
    until: instant(view.until),
  }
}
