import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicyVersionSchema, representVersion } from '../represent/policy.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.confirmPolicy

const Body = z.strictObject({ version: z.int().min(1) }).openapi('PolicyConfirmation')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/confirm',
  operationId: 'confirmPolicy',
  tags: ['Policies'],
  summary: 'Agree to a version that waits for a second person',
  request: { body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: { description: 'The version, in force', content: jsonBody(PolicyVersionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const confirmPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'confirmPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const policy = await gate.confirmPolicy(c.var.actor, c.req.valid('json').version)
    if (!policy.ok) return problem(c, policy.error, REFUSALS)
    return c.json(representVersion(policy.value), 200)
  })
