import { z } from '@hono/zod-openapi'
import type { Dossier, PromotionView } from '../../gate/promotion-views.ts'
import { EarnedLevelSchema, GateSchema, representGate } from './trust.ts'
import { Instant, instant } from './values.ts'

export const PromotionStateSchema = z.enum(['open', 'granted', 'declined', 'withdrawn']).openapi('PromotionState')

const Count = z.int().min(0)
const Share = z.number().min(0).max(1)

const DossierSchema = z
  .object({
    gates: z.array(GateSchema).openapi({ description: 'As they were then; a grant looks at every one again' }),
    accuracy: z.object({
      correct: Count,
      judged: Count,
      share: Share.nullable(),
      lcb: Share.openapi({ description: 'The lower bound: how good it is at least, with 90 % certainty' }),
    }),
    alone: z.object({ decisions: Count, same: Count, unchanged: Count, wrong: Count, unjudged: Count }).openapi({
      description:
        'What the same work would have done alone: gone out the same, gone out without what a person changed, gone out although a person said no, and what nobody judged',
    }),
    worst: z
      .array(z.object({ action_id: z.string(), title: z.string(), at: Instant, says: z.string() }))
      .openapi({ description: 'At most three, worst first' }),
    exposure: z
      .object({ actions: Count, people: Count, amount_minor: Count, most_people: Count, most_minor: Count })
      .openapi({
        description: 'What it reached in the last 30 days, and at most at once; money in minor units of the workspace',
      }),
    unjudged: Share.nullable().openapi({ description: 'Share of what ran that nobody judged; null: nothing ran' }),
  })
  .openapi('Dossier', { description: 'What a raise is proposed on, kept as it was when it was proposed' })

export const PromotionSchema = z
  .object({
    id: z.string().openapi({ example: 'prm_01' }),
    state: PromotionStateSchema,
    version: z.int(),
    scope: z.string().openapi({ example: 'crm_update.small' }),
    scenario: z.string(),
    agent: z.object({ id: z.string(), name: z.string() }),
    to: EarnedLevelSchema,
    title: z.string(),
    says: z.string().openapi({ description: 'What changes, in a sentence' }),
    dossier: DossierSchema,
    opened_at: Instant,
    until: Instant.openapi({ description: 'When it would run out if it were given now: the next quarterly review' }),
    ended_at: Instant.nullable(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .openapi('Promotion')

export function representPromotion(view: PromotionView): z.infer<typeof PromotionSchema> {
  return {
    id: view.id,
    state: view.state,
    version: view.version,
    scope: view.scope,
    scenario: view.scenario,
    agent: { id: view.agent.id, name: view.agent.name },
    to: view.to,
    title: view.title,
    says: view.says,
    dossier: representDossier(view.dossier),
    opened_at: view.openedAt.toISOString(),
    until: view.until.toISOString(),
    ended_at: instant(view.endedAt),
    by: view.by,
    reason: view.reason,
  }
}

function representDossier({
  gates,
  accuracy,
  alone,
  worst,
  exposure,
  unjudged,
}: Dossier): z.infer<typeof DossierSchema> {
  return {
    gates: gates.map(representGate),
    accuracy: { correct: accuracy.correct, judged: accuracy.judged, share: accuracy.share, lcb: accuracy.lcb },
    alone: {
      decisions: alone.decisions,
      same: alone.same,
      unchanged: alone.unchanged,
      wrong: alone.wrong,
      unjudged: alone.unjudged,
    },
    worst: worst.map(({ actionId, title, at, says }) => ({ action_id: actionId, title, at, says })),
    exposure: {
      actions: exposure.actions,
      people: exposure.people,
      amount_minor: exposure.amountMinor,
      most_people: exposure.mostPeople,
      most_minor: exposure.mostMinor,
    },
    unjudged,
  }
}
