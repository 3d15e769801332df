import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PlanSchema, representPlan } from '../represent/plan.ts'
import { given, jsonBody, pathId, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.undoPlan

const route = createRoute({
  method: 'post',
  path: '/v1/plans/{id}/undo',
  operationId: 'undoPlan',
  tags: ['Plans'],
  summary: 'Take a plan back, last step first',
  description: 'Stops at the first step that cannot be undone.',
  request: {
    params: pathId('pln'),
    body: { required: false, content: jsonBody(z.strictObject({ reason: text(2000).optional() })) },
  },
  responses: {
    200: { description: 'The plan after the undo', content: jsonBody(PlanSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const undoPlanRoute = ({ gate }: { readonly gate: Pick<Gate, 'undoPlan'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { reason } = c.req.valid('json')
    const undone = await gate.undoPlan(c.var.actor, c.req.valid('param').id, given({ reason }))
    if (!undone.ok) return problem(c, undone.error, REFUSALS)
    return c.json(representPlan(undone.value, c.var.publicUrl), 200)
  })
