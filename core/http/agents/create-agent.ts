import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { NewKeySchema, representAgent } from '../represent/agent.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { KEY_SCOPE_FIELDS, toKeyScope } from './key-scope-body.ts'

const REFUSALS = REFUSALS_OF.createAgent

const AgentBody = z
  .strictObject({
    name: text(100).openapi({ example: 'Newsletter writer' }),
    ...KEY_SCOPE_FIELDS,
  })
  .openapi('AgentRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/agents',
  operationId: 'createAgent',
  tags: ['Agents'],
  summary: 'Make an agent and its key',
  request: { body: { required: true, content: jsonBody(AgentBody) } },
  responses: {
    201: { description: 'The agent, and a key that is shown once', content: jsonBody(NewKeySchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const createAgentRoute = ({ gate }: { readonly gate: Pick<Gate, 'createAgent'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { name, ...scope } = c.req.valid('json')
    const made = await gate.createAgent(c.var.actor, { name, ...toKeyScope(scope) })
    if (!made.ok) return problem(c, made.error, REFUSALS)
    return c.json(
      { agent: representAgent(made.value.agent), key: made.value.key, callback_secret: made.value.callbackSecret },
      201,
    )
  })
