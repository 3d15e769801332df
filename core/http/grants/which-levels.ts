import { z } from '@hono/zod-openapi'
import { bodyId, text } from '../request-values.ts'

/** Whose levels are taken back or handed back; what is absent stands for all. */
export const WhichLevelsBody = z
  .strictObject({
    what: text(200).openapi({ description: 'A category, or a scope of one', example: 'crm_update' }),
    scenario: text(200).optional().openapi({ example: 'hubspot.contact.update' }),
    agent: bodyId('agt').optional(),
    reason: text(2000).optional(),
  })
  .openapi('WhichLevels')
