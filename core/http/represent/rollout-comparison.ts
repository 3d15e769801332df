import { z } from '@hono/zod-openapi'
import type { Side } from '../../domain/rollout/compare-with-baseline.ts'
import type { RolloutComparisonView } from '../../gate/rollout-views.ts'
import { LevelSchema } from './action-schema.ts'
import { Instant, instant } from './values.ts'

const Count = z.int().min(0)

const SideSchema = z
  .object({
    runs: Count,
    judged: Count.openapi({ description: 'Of these, looked at by a person' }),
    overridden: Count.openapi({ description: 'Of the judged: rejected, or undone' }),
    share: z.number().nullable().openapi({ description: 'Overridden of judged, 0 to 1' }),
    timed: Count.openapi({ description: 'Decisions of which the time is bounded by what is stored' }),
    review_minutes: z.number().openapi({ description: 'What these took together, at most' }),
  })
  .openapi('RolloutSide')

export const RolloutComparisonSchema = z
  .object({
    scope: z.string().openapi({ example: 'crm_update.small' }),
    level: LevelSchema.openapi({ description: 'Granted; 2 where nobody granted one' }),
    since: Instant.nullable().openapi({ description: 'When it first acted by itself' }),
    due_at: Instant.nullable().openapi({ description: 'Four weeks after that' }),
    due: z.boolean(),
    baseline: SideSchema,
    autonomous: SideSchema,
    verdict: z.enum(['better', 'not_worse', 'worse', 'too_few_to_say']),
    rise_at_most: z
      .number()
      .nullable()
      .openapi({ description: 'By how much overrides rose, surely not more (95 %); a share' }),
    rule: z.string(),
    says: z.string(),
  })
  .openapi('RolloutComparison')

export const representRolloutComparison = (view: RolloutComparisonView): z.infer<typeof RolloutComparisonSchema> => ({
  scope: view.scope,
  level: view.level,
  since: instant(view.since),
  due_at: instant(view.dueAt),
  due: view.isDue,
  baseline: representSide(view.baseline, view.baselineShare),
  autonomous: representSide(view.autonomous, view.autonomousShare),
  verdict: view.verdict,
  rise_at_most: view.riseAtMost,
  rule: view.rule,
  says: view.says,
})

const representSide = (side: Side, share: number | null): z.infer<typeof SideSchema> => ({
  runs: side.runs,
  judged: side.judged,
  overridden: side.overridden,
  share,
  timed: side.timed,
  review_minutes: side.reviewMinutes,
})
