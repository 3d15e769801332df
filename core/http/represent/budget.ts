import { z } from '@hono/zod-openapi'
import type { BudgetView } from '../../gate/views.ts'
import { Instant, MoneySchema } from './values.ts'

export const BudgetSchema = z
  .object({
    window: z.literal('day'),
    starts_at: Instant,
    ends_at: Instant,
    cap: MoneySchema,
    reserved: MoneySchema,
    committed: MoneySchema,
  })
  .openapi('Budget')

export function representBudget(view: BudgetView): z.infer<typeof BudgetSchema> {
  return {
    window: view.window,
    starts_at: view.startsAt.toISOString(),
    ends_at: view.endsAt.toISOString(),
    cap: { minor: view.cap.minor, currency: view.cap.currency },
    reserved: { minor: view.reserved.minor, currency: view.reserved.currency },
    committed: { minor: view.committed.minor, currency: view.committed.currency },
  }
}
