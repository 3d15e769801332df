import { z } from '@hono/zod-openapi'
import { CHANNELS } from '../../domain/category.ts'
import { KindId } from '../actions/proposal-body.ts'
import { given } from '../request-values.ts'

/** What a key is good for, as it comes in; what is absent stays as it is, or is not limited. */
export const KEY_SCOPE_FIELDS = {
  kinds: z.array(KindId).max(200).optional().openapi({ description: 'Empty: every kind' }),
  channels: z.array(z.enum(CHANNELS)).optional().openapi({ description: 'Empty: every channel' }),
  max_amount_minor: z
    .int()
    .min(0)
    .nullable()
    .optional()
    .openapi({ description: 'The most that one proposal may cost; null: what the policy lets pass' }),
  per_hour: z
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .optional()
    .openapi({ description: 'Proposals in any hour; null: as fast as anybody' }),
}

const KeyScopeFields = z.strictObject(KEY_SCOPE_FIELDS)

export const toKeyScope = (body: z.infer<typeof KeyScopeFields>) =>
  given({
    kinds: body.kinds,
    channels: body.channels,
    maxAmountMinor: body.max_amount_minor,
    ratePerHour: body.per_hour,
  })
