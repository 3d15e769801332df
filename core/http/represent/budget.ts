import { z } from '@hono/zod-openapi'
import type { BudgetView } from '../../gate/views.ts'
import { Instant, MoneySchema } from './values.ts'

const orNull = (money: BudgetView['cap']) => money && { minor: money.minor, currency: money.currency }

export const BudgetSchema = z
  .object({
    id: z.string().openapi({ example: 'month:2026-03' }),
    name: z.string().openapi({ example: 'the month’s budget for email' }),
    period: z.enum(['day', 'week', 'month', 'campaign']),
    starts_at: Instant.nullable(),
    ends_at: Instant.nullable(),
    ask_above: MoneySchema.nullable(),
    cap: MoneySchema.nullable(),
    reserved: MoneySchema,
    committed: MoneySchema,
    spent: MoneySchema,
  })
  .openapi('Budget')

export function representBudget(view: BudgetView): z.infer<typeof BudgetSchema> {
  return {
    id: view.id,
    name: view.name,
    period: view.period,
    starts_at: view.startsAt?.toISOString() ?? null,
    ends_at: view.endsAt?.toISOString() ?? null,
    ask_above: orNull(view.askAbove),
    cap: orNull(view.cap),
    reserved: { minor: view.reserved.minor, currency: view.reserved.currency },
    committed: { minor: view.committed.minor, currency: view.committed.currency },
    spent: { minor: view.spent.minor, currency: view.spent.currency },
  }
}
