import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representRolloutPlan, RolloutPlanSchema } from '../represent/rollout-plan.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { auditOf, RolloutBody } from './audit-body.ts'

const REFUSALS = REFUSALS_OF.planRollout

const route = createRoute({
  method: 'post',
  path: '/v1/rollout',
  operationId: 'planRollout',
  tags: ['Rollout'],
  summary: 'Plan a rollout from an audit of workflows',
  description:
    'For each workflow the level to start from and the one to aim for, why, and what blocks more; benchmarks; the day of the 30th judged cycle; the four phases with at most three scopes newly acting by themselves; and what to expand next. Nothing is kept: send the audit again, with the same `starts_on`, to see how far it is.',
  request: { body: { required: true, content: jsonBody(RolloutBody) } },
  responses: {
    200: { description: 'The plan', content: jsonBody(RolloutPlanSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const planRolloutRoute = ({ gate }: { readonly gate: Pick<Gate, 'planRollout'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const plan = await gate.planRollout(c.var.actor, auditOf(c.req.valid('json')))
    if (!plan.ok) return problem(c, plan.error, REFUSALS)
    return c.json(representRolloutPlan(plan.value), 200)
  })
