import { z } from '@hono/zod-openapi'
import type { NoticeView } from '../../gate/promotion-views.ts'
import { Instant, instant } from './values.ts'

export const NoticeSchema = z
  .object({
    id: z.string().openapi({ example: 'ntc_01' }),
    kind: z.enum([
      'demotion',
      'restored',
      'automatic_promotion',
      'lapse_soon',
      'lapsed',
      'invitation',
      'exceptions_digest',
      'ledger_changed',
      'benchmark_missed',
      'theatre',
      'audit',
    ]),
    version: z.int(),
    title: z.string(),
    lines: z.array(z.string()),
    about: z
      .object({ scope: z.string(), scenario: z.string(), agent: z.string() })
      .nullable()
      .openapi({ description: 'Whose level it is about; null: of nobody in particular' }),
    action: z.string().nullable().openapi({ description: 'The action to look at; null: none' }),
    at: Instant,
    answered_at: Instant.nullable(),
    by: z.string().nullable(),
    answer: z.string().nullable(),
  })
  .openapi('Notice', { description: 'What people were told about trust' })

export function representNotice(view: NoticeView): z.infer<typeof NoticeSchema> {
  const { title, lines, key, actionId } = view.body
  return {
    id: view.id,
    kind: view.kind,
    version: view.version,
    title,
    lines: [...lines],
    about: key ? { scope: key.scope, scenario: key.scenario, agent: key.agentId } : null,
    action: actionId ?? null,
    at: view.at.toISOString(),
    answered_at: instant(view.answeredAt),
    by: view.by,
    answer: view.answer,
  }
}
