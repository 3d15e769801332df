import { z } from '@hono/zod-openapi'
import { DECISIONS, SEVERITIES } from '../../domain/decision.ts'
import type { FeedbackView } from '../../gate/views.ts'
import { CategorySchema } from './action-schema.ts'
import { DifferenceSchema, Instant, representDifferences } from './values.ts'

export const FeedbackSchema = z
  .object({
    id: z.string().openapi({ example: 'fbk_01' }),
    action_id: z.string(),
    kind: z.string(),
    category: CategorySchema,
    decision: z.enum([...DECISIONS, 'undo']),
    severity: z.enum(SEVERITIES).nullable(),
    says: z.string(),
    changes: z.array(DifferenceSchema),
    advice: z.string().openapi({ description: 'Told to a model in so many words' }),
    by: z.string(),
    at: Instant,
  })
  .openapi('Feedback')

export function representFeedback(view: FeedbackView): z.infer<typeof FeedbackSchema> {
  return {
    id: view.id,
    action_id: view.actionId,
    kind: view.kind,
    category: view.category,
    decision: view.decision,
    severity: view.severity,
    says: view.says,
    changes: representDifferences(view.changes),
    advice: view.advice,
    by: view.by,
    at: view.at.toISOString(),
  }
}
