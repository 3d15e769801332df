import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicySetSchema, representSet } from '../represent/policy.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { eitherOne, policyFields, policyOf } from './policy-body.ts'

const REFUSALS = REFUSALS_OF.setPolicy

const PolicyBody = z
  .strictObject({
    ...policyFields,
    note: text(2000).optional(),
    only: z
      .record(z.string(), z.json())
      .optional()
      .openapi({
        type: 'object',
        additionalProperties: true,
        description: 'Put it on trial for one scope before the rest',
        example: { category: 'email_campaign' },
      }),
  })
  .refine(...eitherOne)
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
    200: {
      description: 'The new version: in force, on trial, or waiting for a second person',
      content: jsonBody(PolicySetSchema),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const setPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'setPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const body = c.req.valid('json')
    const policy = await gate.setPolicy(c.var.actor, policyOf(body), body.note ?? null, body.only ?? null)
    if (!policy.ok) return problem(c, policy.error, REFUSALS)
    return c.json(representSet(policy.value), 200)
  })
