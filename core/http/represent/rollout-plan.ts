import { z } from '@hono/zod-openapi'
import type { PlannedWorkflowView, RolloutPlanView } from '../../gate/rollout-views.ts'
import { LevelSchema } from './action-schema.ts'

const Count = z.int().min(0)
const Day = z.string().openapi({ format: 'date', description: 'In UTC', example: '2026-04-01' })
const PhaseNumber = z
  .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
  .openapi({ type: 'integer', enum: [1, 2, 3, 4] })

const BlockSchema = z
  .object({
    by: z.enum([
      'data',
      'frequency_and_sensitivity',
      'policy',
      'baseline',
      'shared_scope',
      'risk_and_undo',
      'always_a_person',
      'hard_constraint',
      'new_ground',
      'stale_outcomes',
      'poor_data',
    ]),
    level: LevelSchema,
    says: z.string(),
  })
  .openapi('RolloutBlock', { description: 'What holds a workflow at its level' })

const BenchmarkSchema = z
  .object({
    measure: z.string().openapi({ example: 'open_rate' }),
    is: z.enum(['at_least', 'at_most']),
    unit: z.enum(['share', 'minutes', 'hours', 'money', 'count']),
    value: z.number().nullable().openapi({ description: 'Null: measure it first' }),
    says: z.string(),
  })
  .openapi('RolloutBenchmark')

const WorkflowSchema = z
  .object({
    name: z.string(),
    scope: z.string().openapi({ example: 'email_campaign.medium' }),
    start_at: LevelSchema,
    aim_at: LevelSchema.openapi({ description: 'Never above the ceiling' }),
    ceiling: LevelSchema,
    why: z.string(),
    blocks: z.array(BlockSchema),
    benchmarks: z.array(BenchmarkSchema),
    progress: z.object({
      level: LevelSchema.openapi({ description: 'Granted; 2 where nobody granted one' }),
      cycles: Count.openapi({ description: 'Judged by a person' }),
      needs: Count,
      decisions: Count,
      rejections: Count,
      full_review_for: Count.openapi({
        description: 'Under full review: so many more decisions of its category before it is planned again',
      }),
    }),
    thirtieth_on: Day.nullable().openapi({
      description: 'When its scope will have 30 judged cycles if every run is judged',
    }),
    first_grant: z
      .object({ on: Day, phase: PhaseNumber.nullable().openapi({ description: 'Null: after day 90' }) })
      .nullable()
      .openapi({ description: 'When its scope is to act by itself for the first time' }),
  })
  .openapi('RolloutWorkflowPlan')

export const RolloutPlanSchema = z
  .object({
    starts_on: Day,
    workflows: z.array(WorkflowSchema).openapi({ description: 'In the order of work' }),
    phases: z.array(
      z.object({
        phase: PhaseNumber,
        from_day: Count,
        to_day: Count,
        from: Day,
        to: Day,
        todo: z.array(z.string()),
      }),
    ),
    later: z.array(z.string()).openapi({ description: 'First grants after day 90' }),
    next: z
      .array(
        z.object({
          what: z.enum(['take_back', 'raise', 'grant']),
          scope: z.string(),
          to: LevelSchema,
          says: z.string(),
        }),
      )
      .openapi({ description: 'What to change now' }),
  })
  .openapi('RolloutPlan')

export const representRolloutPlan = (view: RolloutPlanView): z.infer<typeof RolloutPlanSchema> => ({
  starts_on: view.startsOn,
  workflows: view.workflows.map(representWorkflow),
  phases: view.phases.map(({ phase, fromDay, toDay, from, to, todo }) => ({
    phase,
    from_day: fromDay,
    to_day: toDay,
    from,
    to,
    todo: [...todo],
  })),
  later: [...view.later],
  next: view.next.map(({ what, scope, to, says }) => ({ what, scope, to, says })),
})

const representWorkflow = (one: PlannedWorkflowView): z.infer<typeof WorkflowSchema> => ({
  name: one.name,
  scope: one.scope,
  start_at: one.startAt,
  aim_at: one.aimAt,
  ceiling: one.ceiling,
  why: one.why,
  blocks: one.blocks.map(({ by, level, says }) => ({ by, level, says })),
  benchmarks: one.benchmarks.map(({ measure, is, unit, value, says }) => ({ measure, is, unit, value, says })),
  progress: {
    level: one.progress.level,
    cycles: one.progress.cycles,
    needs: one.progress.needs,
    decisions: one.progress.decisions,
    rejections: one.progress.rejections,
    full_review_for: one.progress.fullReviewFor,
  },
  thirtieth_on: one.thirtiethOn,
  first_grant: one.firstGrant && { on: one.firstGrant.on, phase: one.firstGrant.phase },
})
