import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CallbackSchema, representCallback } from '../represent/callback.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.enableCallback

const route = createRoute({
  method: 'post',
  path: '/v1/callbacks/{id}/enable',
  operationId: 'enableCallback',
  tags: ['Callbacks'],
  summary: 'Let a disabled address be told again',
  request: { params: pathId('cbe') },
  responses: {
    200: { description: 'The address; what was held back waits for a replay', content: jsonBody(CallbackSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const enableCallbackRoute = ({ gate }: { readonly gate: Pick<Gate, 'enableCallback'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const enabled = await gate.enableCallback(c.var.actor, c.req.valid('param').id)
    if (!enabled.ok) return problem(c, enabled.error, REFUSALS)
    return c.json(representCallback(enabled.value), 200)
  })
