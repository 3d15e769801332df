import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicyVersionSchema, representVersion } from '../represent/policy.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listPolicies

const route = createRoute({
  method: 'get',
  path: '/v1/policies',
  operationId: 'listPolicies',
  tags: ['Policies'],
  summary: 'The versions of the guardrails, newest first',
  responses: {
    200: { description: 'The newest 200', content: jsonBody(listOf(PolicyVersionSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listPoliciesRoute = ({ gate }: { readonly gate: Pick<Gate, 'listPolicies'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const versions = await gate.listPolicies(c.var.actor)
    if (!versions.ok) return problem(c, versions.error, REFUSALS)
    return c.json({ items: versions.value.map(representVersion) }, 200)
  })
