import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CallbackSecretSchema, representSecret } from '../represent/callback.ts'
import { jsonBody } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.getCallbackSecret

const route = createRoute({
  method: 'get',
  path: '/v1/callback-secret',
  operationId: 'getCallbackSecret',
  tags: ['Callbacks'],
  summary: 'The secret that signs one’s own callbacks',
  responses: {
    200: { description: 'The secret in force', content: jsonBody(CallbackSecretSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getCallbackSecretRoute = ({ gate }: { readonly gate: Pick<Gate, 'getCallbackSecret'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const found = await gate.getCallbackSecret(c.var.actor)
    if (!found.ok) return problem(c, found.error, REFUSALS)
    return c.json(representSecret(found.value), 200)
  })
