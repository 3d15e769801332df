import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { isId } from '../../domain/ids.ts'
import { problemBody, ProblemSchema, problems } from '../problem.ts'
import { PROBLEMS } from '../problem-kinds.ts'
import { refusalWords } from '../refusal-words.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { DECISION_FIELDS, toDecision } from './decision-body.ts'

const BatchBody = z
  .strictObject({
    decisions: z
      .array(z.strictObject({ action_id: text(100).openapi({ example: 'act_01' }), ...DECISION_FIELDS }))
      .min(1)
      .max(100),
  })
  .openapi('DecisionBatch')

const DecidedSchema = z
  .object({
    action_id: z.string(),
    status: z.int().openapi({ description: 'What the single decision would have answered' }),
    action: ActionSchema.optional(),
    problem: ProblemSchema.optional(),
  })
  .openapi('DecidedItem')

const route = createRoute({
  method: 'post',
  path: '/v1/actions/decisions',
  operationId: 'decideActions',
  tags: ['Actions'],
  summary: 'Decide up to 100 actions',
  description: 'Each has its own result, in the order given; one refusal never drops the others.',
  request: { body: { required: true, content: jsonBody(BatchBody) } },
  responses: {
    200: {
      description: 'One result for each decision',
      content: jsonBody(z.object({ items: z.array(DecidedSchema) })),
    },
    ...problems(...WITH_BODY),
  },
})

type Decided = z.infer<typeof DecidedSchema>

export const decideActionsRoute = ({ gate }: { readonly gate: Pick<Gate, 'decideAction'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const items: Decided[] = []
    // One after the other: decisions on the same action keep their order, and one batch takes one connection.
    for (const { action_id: id, ...body } of c.req.valid('json').decisions) {
      const decided = isId('act', id)
        ? await gate.decideAction(c.var.actor, { actionId: id, ...toDecision(body) })
        : ({ ok: false, error: { kind: 'not_found', what: 'this id' } } as const)
      items.push(
        decided.ok
          ? { action_id: id, status: 200, action: representAction(decided.value, c.var.publicUrl) }
          : {
              action_id: id,
              status: PROBLEMS[decided.error.kind].status,
              problem: { ...problemBody(decided.error.kind, refusalWords(decided.error, c.var.actor), c.var) },
            },
      )
    }
    return c.json({ items }, 200)
  })
