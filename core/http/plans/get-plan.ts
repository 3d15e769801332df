import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PlanSchema, representPlan } from '../represent/plan.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.getPlan

const route = createRoute({
  method: 'get',
  path: '/v1/plans/{id}',
  operationId: 'getPlan',
  tags: ['Plans'],
  summary: 'Read a plan with its steps',
  request: { params: pathId('pln') },
  responses: {
    200: { description: 'The plan', content: jsonBody(PlanSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getPlanRoute = ({ gate }: { readonly gate: Pick<Gate, 'getPlan'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const plan = await gate.getPlan(c.var.actor, c.req.valid('param').id)
    if (!plan.ok) return problem(c, plan.error, REFUSALS)
    return c.json(representPlan(plan.value, c.var.publicUrl), 200)
  })
