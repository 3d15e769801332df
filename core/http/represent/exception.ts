import { z } from '@hono/zod-openapi'
import type { ExceptionView } from '../../gate/views.ts'
import { Instant, instant } from './values.ts'

export const ExceptionSchema = z
  .object({
    id: z.string().openapi({ example: 'exc_01' }),
    action_id: z.string().nullable(),
    source: z.string(),
    says: z.string(),
    opened_at: Instant,
    resolved_at: Instant.nullable(),
    resolved_by: z.string().nullable(),
    options: z.array(z.enum(['retry', 'happened', 'did_not_happen'])),
  })
  .openapi('Exception', { description: 'Something outside the confidence of the gate, waiting for a person' })

export function representException(view: ExceptionView): z.infer<typeof ExceptionSchema> {
  return {
    id: view.id,
    action_id: view.actionId,
    source: view.source,
    says: view.says,
    opened_at: view.openedAt.toISOString(),
    resolved_at: instant(view.resolvedAt),
    resolved_by: view.resolvedBy,
    options: [...view.options],
  }
}
