import { z } from '@hono/zod-openapi'
import { CHANNELS } from '../../domain/category.ts'
import { IDENTIFIER_KINDS } from '../../domain/recipients/identifier.ts'

export const ChannelName = z.enum(CHANNELS)

const Identifier = z
  .strictObject({
    kind: z.enum(IDENTIFIER_KINDS),
    value: z.string().min(1).max(320).openapi({ example: 'ana@example.com' }),
  })
  .openapi('PersonIdentifier', {
    description: 'An e-mail address, a telephone number, or a platform’s id such as `hubspot:501`, in any spelling.',
  })

/** All of one person. */
export const Identifiers = z.array(Identifier).min(1).max(10)

export const PersonBody = z.strictObject({ identifiers: Identifiers }).openapi('PersonRequest')
