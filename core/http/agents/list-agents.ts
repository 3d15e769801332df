import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { AgentSchema, representAgent } from '../represent/agent.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listAgents

const route = createRoute({
  method: 'get',
  path: '/v1/agents',
  operationId: 'listAgents',
  tags: ['Agents'],
  summary: 'Who proposes',
  responses: {
    200: { description: 'Every agent', content: jsonBody(listOf(AgentSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listAgentsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listAgents'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const agents = await gate.listAgents(c.var.actor)
    if (!agents.ok) return problem(c, agents.error, REFUSALS)
    return c.json({ items: agents.value.map(representAgent) }, 200)
  })
