import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { AgentSchema, representAgent } from '../represent/agent.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { KEY_SCOPE_FIELDS, toKeyScope } from './key-scope-body.ts'

const REFUSALS = REFUSALS_OF.changeAgent

const route = createRoute({
  method: 'patch',
  path: '/v1/agents/{id}',
  operationId: 'changeAgent',
  tags: ['Agents'],
  summary: 'Change what a key is good for',
  request: {
    params: pathId('agt'),
    body: { required: true, content: jsonBody(z.strictObject(KEY_SCOPE_FIELDS).openapi('AgentChange')) },
  },
  responses: {
    200: { description: 'The agent as it is now', content: jsonBody(AgentSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const changeAgentRoute = ({ gate }: { readonly gate: Pick<Gate, 'changeAgent'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const changed = await gate.changeAgent(c.var.actor, c.req.valid('param').id, toKeyScope(c.req.valid('json')))
    if (!changed.ok) return problem(c, changed.error, REFUSALS)
    return c.json(representAgent(changed.value), 200)
  })
