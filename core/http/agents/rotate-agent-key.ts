import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { NewKeySchema, representAgent } from '../represent/agent.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.rotateAgentKey

const route = createRoute({
  method: 'post',
  path: '/v1/agents/{id}/keys',
  operationId: 'rotateAgentKey',
  tags: ['Agents'],
  summary: 'A new key',
  description: 'The old one stops working at once.',
  request: { params: pathId('agt') },
  responses: {
    201: { description: 'The agent, and a key that is shown once', content: jsonBody(NewKeySchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const rotateAgentKeyRoute = ({ gate }: { readonly gate: Pick<Gate, 'rotateAgentKey'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const made = await gate.rotateAgentKey(c.var.actor, c.req.valid('param').id)
    if (!made.ok) return problem(c, made.error, REFUSALS)
    return c.json(
      { agent: representAgent(made.value.agent), key: made.value.key, callback_secret: made.value.callbackSecret },
      201,
    )
  })
