import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicySchema, representPolicy } from '../represent/policy.ts'
import { jsonBody } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.getPolicy

const route = createRoute({
  method: 'get',
  path: '/v1/policies/current',
  operationId: 'getPolicy',
  tags: ['Policies'],
  summary: 'The guardrails in force',
  responses: {
    200: { description: 'The policy', content: jsonBody(PolicySchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'getPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const policy = await gate.getPolicy(c.var.actor)
    if (!policy.ok) return problem(c, policy.error, REFUSALS)
    return c.json(representPolicy(policy.value), 200)
  })
