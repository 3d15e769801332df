import { z } from '@hono/zod-openapi'
import type { GrantView } from '../../gate/promotion-views.ts'
import { LevelOrNull, LevelSchema } from './action-schema.ts'
import { Instant, instant } from './values.ts'

export const GrantSchema = z
  .object({
    scope: z.string().openapi({ example: 'crm_update.small' }),
    scenario: z.string().openapi({ description: '`*`: all of them', example: 'hubspot.contact.update' }),
    agent: z
      .string()
      .openapi({ description: 'Its id; `*`: the most that any agent may have there', example: 'agt_01' }),
    level: LevelSchema,
    in_force: LevelSchema.openapi({
      description: 'What holds now: lower where the score, a full review or a change of the agent bounds it',
    }),
    by: z.string().nullable().openapi({ description: 'Who consented or took it back; null: it was lowered by itself' }),
    at: Instant,
    until: Instant.nullable().openapi({ description: 'When it runs out and costs one level; null: it has no end' }),
    reclaimed: LevelOrNull.openapi({ description: 'What a person took back and may hand back' }),
    observed: z
      .object({
        proposals: z.int(),
        done: z.int(),
        same: z.int(),
        close: z.int(),
        different: z.int(),
        says: z.string(),
      })
      .nullable()
      .openapi({ description: 'While a scope is observed: what agents would have done beside what people did' }),
  })
  .openapi('Grant')

export function representGrant(view: GrantView): z.infer<typeof GrantSchema> {
  return {
    scope: view.scope,
    scenario: view.scenario,
    agent: view.agentId,
    level: view.level,
    in_force: view.inForce,
    by: view.by,
    at: view.at.toISOString(),
    until: instant(view.until),
    reclaimed: view.reclaimed,
    observed: view.observed && {
      proposals: view.observed.proposals,
      done: view.observed.done,
      same: view.observed.same,
      close: view.observed.close,
      different: view.observed.different,
      says: view.observed.says,
    },
  }
}
