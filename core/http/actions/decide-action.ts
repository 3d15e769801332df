import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { DecisionBody, toDecision } from './decision-body.ts'

const REFUSALS = REFUSALS_OF.decideAction

const route = createRoute({
  method: 'post',
  path: '/v1/actions/{id}/decisions',
  operationId: 'decideAction',
  tags: ['Actions'],
  summary: 'Decide an action',
  description: 'Binds to the hash that the person saw. An agent key may only `cancel` what it proposed itself.',
  request: { params: pathId('act'), body: { required: true, content: jsonBody(DecisionBody) } },
  responses: {
    200: { description: 'The action after the decision', content: jsonBody(ActionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const decideActionRoute = ({ gate }: { readonly gate: Pick<Gate, 'decideAction'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const request = { actionId: c.req.valid('param').id, ...toDecision(c.req.valid('json')) }
    const decided = await gate.decideAction(c.var.actor, request)
    if (!decided.ok) return problem(c, decided.error, REFUSALS)
    return c.json(representAction(decided.value, c.var.publicUrl), 200)
  })
