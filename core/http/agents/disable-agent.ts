import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { AgentSchema, representAgent } from '../represent/agent.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.disableAgent

const route = createRoute({
  method: 'delete',
  path: '/v1/agents/{id}',
  operationId: 'disableAgent',
  tags: ['Agents'],
  summary: 'Disable an agent',
  description: 'Its key stops working at once; what it proposed stays on record.',
  request: { params: pathId('agt') },
  responses: {
    200: { description: 'The agent, disabled', content: jsonBody(AgentSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const disableAgentRoute = ({ gate }: { readonly gate: Pick<Gate, 'disableAgent'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const disabled = await gate.disableAgent(c.var.actor, c.req.valid('param').id)
    if (!disabled.ok) return problem(c, disabled.error, REFUSALS)
    return c.json(representAgent(disabled.value), 200)
  })
