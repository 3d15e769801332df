import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CallbackSecretSchema, representSecret } from '../represent/callback.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.rotateCallbackSecret

const route = createRoute({
  method: 'post',
  path: '/v1/agents/{id}/callback-secret',
  operationId: 'rotateAgentCallbackSecret',
  tags: ['Agents'],
  summary: 'A new callback secret for an agent',
  request: { params: pathId('agt') },
  responses: {
    201: { description: 'The new secret; for 24 hours both sign', content: jsonBody(CallbackSecretSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const rotateAgentCallbackSecretRoute = ({ gate }: { readonly gate: Pick<Gate, 'rotateCallbackSecret'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const made = await gate.rotateCallbackSecret(c.var.actor, c.req.valid('param').id)
    if (!made.ok) return problem(c, made.error, REFUSALS)
    return c.json(representSecret(made.value), 201)
  })
