import { z } from '@hono/zod-openapi'
import { given, text } from '../request-values.ts'

/** How a stop is lifted: at once, or with people looking first. */
export const ResumeQuery = z.strictObject({
  reason: text(2000).optional(),
  stage: z.enum(['all', 'review']).default('all').openapi({
    description: '`review`: what had been let through goes to a person first, and levels act as 2 for a while',
  }),
  for_hours: z.coerce
    .number()
    .positive()
    .max(720)
    .optional()
    .openapi({ type: 'number', description: 'Of a review: for how long (24 hours)', example: 24 }),
})

export const toResuming = ({ stage, for_hours: forHours }: z.infer<typeof ResumeQuery>) => given({ stage, forHours })
