import { z } from '@hono/zod-openapi'
import type { Risk, Undo } from '../../domain/effect.ts'
import { DATA_QUALITIES, ORIGINS, SENSITIVITIES } from '../../domain/rollout/workflow.ts'
import type { AuditedWorkflow, RolloutAudit } from '../../gate/rollout-views.ts'
import { CategorySchema } from '../represent/action-schema.ts'
import { text } from '../request-values.ts'

const MOST_WORKFLOWS = 100
const MOST_PEOPLE = 2_000_000_000
const RISKS = ['low', 'medium', 'high'] as const satisfies readonly Risk[]
const UNDOS = ['exact', 'compensating', 'held', 'none'] as const satisfies readonly Undo[]

const EARLIEST = '2000-01-01'
const LATEST = '2100-01-01'

const Count = z.int().min(0).max(MOST_PEOPLE)

const WorkflowBody = z
  .strictObject({
    name: text(200).openapi({ example: 'Monthly newsletter' }),
    kind: text(200).optional().openapi({
      description:
        'An action kind. It says category, risk and undo; what is named besides counts where it is stricter.',
      example: 'mailchimp.campaign.send',
    }),
    category: CategorySchema.optional(),
    origin: z
      .enum(ORIGINS)
      .default('agent')
      .openapi({ description: 'An agent starts at level 2, the route of an existing workflow at level 1' }),
    runs_per_month: z.number().min(0.1).max(100_000).openapi({ description: 'Weekly is 4 and more', example: 4 }),
    people: Count.default(0).openapi({ description: 'People reached by one run', example: 1200 }),
    list_size: Count.optional().openapi({ description: 'The list that they are drawn from', example: 15_000 }),
    amount_minor: z
      .int()
      .min(0)
      .default(0)
      .openapi({ description: 'What one run costs, in minor units of the workspace’s currency', example: 0 }),
    sensitivity: z.enum(SENSITIVITIES).openapi({
      description:
        'low: routine. high: brand, budget or timing matter. always_a_person: founder stories, crisis, prices, legal review and their like',
    }),
    risk: z.enum(RISKS).optional(),
    undo: z.enum(UNDOS).optional().openapi({
      description:
        'exact: as before. compensating: a second write makes good. held: only before the effect. none: nothing',
    }),
    data_quality: z.enum(DATA_QUALITIES).openapi({
      description:
        'patchy: fragmented, or complete only in some regions. good: complete fields and engagement. reliable: results can be traced to what was done. mature: reliable for months, everything measured',
    }),
    new_ground: z
      .boolean()
      .default(false)
      .openapi({ description: 'A new channel or audience without a baseline of its own' }),
    today: z
      .strictObject({
        success_rate: z.number().min(0).max(1).optional().openapi({ description: '0 to 1', example: 0.9 }),
        minutes_per_run: z.number().min(0).max(100_000).optional().openapi({ example: 45 }),
      })
      .optional()
      .openapi({ description: 'How it is done today, where that is known' }),
  })
  .openapi('RolloutWorkflow')

export const RolloutBody = z
  .strictObject({
    starts_on: z.iso
      .date({ error: 'must be a date, for example 2026-03-02' })
      .refine((day) => day >= EARLIEST && day <= LATEST, `must lie between ${EARLIEST} and ${LATEST}`)
      .optional()
      .openapi({ description: 'Day 1, in UTC; today where it is left out' }),
    workflows: z.array(WorkflowBody).min(1).max(MOST_WORKFLOWS),
  })
  .openapi('RolloutAudit')

export const auditOf = ({ starts_on, workflows }: z.infer<typeof RolloutBody>): RolloutAudit => ({
  startsOn: starts_on ?? null,
  workflows: workflows.map(workflowOf),
})

const workflowOf = (body: z.infer<typeof WorkflowBody>): AuditedWorkflow => ({
  name: body.name,
  kind: body.kind ?? null,
  category: body.category ?? null,
  origin: body.origin,
  runsPerMonth: body.runs_per_month,
  people: body.people,
  listSize: body.list_size ?? null,
  amountMinor: body.amount_minor,
  sensitivity: body.sensitivity,
  risk: body.risk ?? null,
  undo: body.undo ?? null,
  dataQuality: body.data_quality,
  isNewGround: body.new_ground,
  today: {
    successRate: body.today?.success_rate ?? null,
    minutesPerRun: body.today?.minutes_per_run ?? null,
  },
})
