import { z } from '@hono/zod-openapi'
import type { ApproverLimits } from '../../domain/approver-limits.ts'
import { CATEGORIES, CHANNELS } from '../../domain/category.ts'
import { given } from '../request-values.ts'

/** What somebody may approve, as it is asked for. */
export const LimitsBody = z
  .strictObject({
    categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
    channels: z.array(z.enum(CHANNELS)).min(1).optional(),
    amount_minor: z.int().min(0).optional().openapi({ description: 'The most that one approval may cost' }),
  })
  .openapi('ApproverLimitsRequest')

export const limitsFrom = ({ categories, channels, amount_minor }: z.infer<typeof LimitsBody>): ApproverLimits =>
  given({ categories, channels, amountMinor: amount_minor })
