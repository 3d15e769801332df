import { z } from '@hono/zod-openapi'
import type { StandingConsentView } from '../../gate/standing-consent.ts'
import { Instant, instant } from './values.ts'

export const StandingConsentSchema = z
  .object({
    category: z.string().openapi({ example: 'crm_update' }),
    up_to: z
      .union([z.literal(3), z.literal(4)])
      .openapi({ type: 'integer', enum: [3, 4], description: 'Full delegation always needs a consent of its own' }),
    by: z.string(),
    at: Instant,
    withdrawn_at: Instant.nullable().openapi({ description: 'By a person, or by a demotion in the category' }),
    withdrawn_why: z.string().nullable(),
  })
  .openapi('StandingConsent')

export function representStandingConsent(view: StandingConsentView): z.infer<typeof StandingConsentSchema> {
  return {
    category: view.category,
    up_to: view.upTo,
    by: view.by,
    at: view.at.toISOString(),
    withdrawn_at: instant(view.withdrawnAt),
    withdrawn_why: view.withdrawnWhy,
  }
}
