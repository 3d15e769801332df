import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicyVersionSchema, representVersion } from '../represent/policy.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.rollBackPolicy

const Body = z.strictObject({ version: z.int().min(1), note: text(2000).optional() }).openapi('PolicyRollBack')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/rollback',
  operationId: 'rollBackPolicy',
  tags: ['Policies'],
  summary: 'Put an earlier version in force again',
  description: 'As a new version: the story stays whole.',
  request: { body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: { description: 'The new version', content: jsonBody(PolicyVersionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const rollBackPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'rollBackPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { version, note } = c.req.valid('json')
    const policy = await gate.rollBackPolicy(c.var.actor, version, note ?? null)
    if (!policy.ok) return problem(c, policy.error, REFUSALS)
    return c.json(representVersion(policy.value), 200)
  })
