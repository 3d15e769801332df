import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicyCheckSchema, representCheck } from '../represent/policy.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { eitherOne, policyFields, policyOf } from './policy-body.ts'

const REFUSALS = REFUSALS_OF.checkPolicy

const Body = z
  .strictObject(policyFields)
  .refine(...eitherOne)
  .openapi('PolicyCheckRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/check',
  operationId: 'checkPolicy',
  tags: ['Policies'],
  summary: 'See what a policy would change, and how its own tests come out',
  description: 'Writes nothing.',
  request: { body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: { description: 'Against the version in force', content: jsonBody(PolicyCheckSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const checkPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'checkPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const checked = await gate.checkPolicy(c.var.actor, policyOf(c.req.valid('json')))
    if (!checked.ok) return problem(c, checked.error, REFUSALS)
    return c.json(representCheck(checked.value), 200)
  })
