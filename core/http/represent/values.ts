import { z } from '@hono/zod-openapi'
import type { Money } from '../../domain/money.ts'
import type { Difference } from '../../ports/kind.ts'

export const Instant = z.string().openapi({ format: 'date-time', example: '2026-03-02T09:00:00.000Z' })

/** ISO 8601 in UTC; null stays null. */
export const instant = (at: Date | null): string | null => at?.toISOString() ?? null

export const MoneySchema = z
  .object({
    minor: z.int().openapi({ description: 'Minor units, for example cents', example: 12_50 }),
    currency: z.string().openapi({ description: 'ISO 4217', example: 'EUR' }),
  })
  .openapi('Money')

export function representMoney(money: Money | null): z.infer<typeof MoneySchema> | null {
  return money === null ? null : { minor: money.minor, currency: money.currency }
}

export const DifferenceSchema = z
  .object({ label: z.string(), was: z.string(), is: z.string() })
  .openapi('Difference', { description: 'One field that is not what it was' })

export function representDifferences(all: readonly Difference[]): z.infer<typeof DifferenceSchema>[] {
  return all.map(({ label, was, is }) => ({ label, was, is }))
}

export const VerdictReasonSchema = z
  .object({ rule: z.string(), outcome: z.enum(['pass', 'warn', 'ask', 'block']), text: z.string() })
  .openapi('VerdictReason')
