import { z } from '@hono/zod-openapi'
import type { GrantView } from '../../gate/views.ts'
import { LevelSchema } from './action-schema.ts'
import { Instant, instant } from './values.ts'

export const GrantSchema = z
  .object({
    scope: z.string(),
    level: LevelSchema,
    by: z.string(),
    at: Instant,
    until: Instant.nullable(),
    reason: z.string().nullable(),
  })
  .openapi('Grant')

export function representGrant(view: GrantView): z.infer<typeof GrantSchema> {
  return {
    scope: view.scope,
    level: view.level,
    by: view.by,
    at: view.at.toISOString(),
    until: instant(view.until),
    reason: view.reason,
  }
}
