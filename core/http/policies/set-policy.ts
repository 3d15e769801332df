import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicySchema, representPolicy } from '../represent/policy.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.setPolicy

const PolicyBody = z
  .strictObject({
    document: z.record(z.string(), z.json()).openapi({
      type: 'object',
      additionalProperties: true,
      description: 'The whole new document; its fields are checked by the gate',
      example: { budget: { day: { cap: 50_000 } } },
    }),
    note: text(2000).optional(),
  })
  .openapi('PolicyRequest')

const route = createRoute({
  method: 'put',
  path: '/v1/policies/current',
  operationId: 'setPolicy',
  tags: ['Policies'],
  summary: 'Put new guardrails in force',
  description: 'They rerun over everything in flight; what became stricter goes back to a person.',
  request: { body: { required: true, content: jsonBody(PolicyBody) } },
  responses: {
    200: { description: 'The policy in force', content: jsonBody(PolicySchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const setPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'setPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { document, note } = c.req.valid('json')
    const policy = await gate.setPolicy(c.var.actor, document, note ?? null)
    if (!policy.ok) return problem(c, policy.error, REFUSALS)
    return c.json(representPolicy(policy.value), 200)
  })
