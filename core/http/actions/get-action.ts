import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.getAction

const route = createRoute({
  method: 'get',
  path: '/v1/actions/{id}',
  operationId: 'getAction',
  tags: ['Actions'],
  summary: 'Read an action',
  request: { params: pathId('act') },
  responses: {
    200: { description: 'The action', content: jsonBody(ActionSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getActionRoute = ({ gate }: { readonly gate: Pick<Gate, 'getAction'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const action = await gate.getAction(c.var.actor, c.req.valid('param').id)
    if (!action.ok) return problem(c, action.error, REFUSALS)
    return c.json(representAction(action.value, c.var.publicUrl), 200)
  })
