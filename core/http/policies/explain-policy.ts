import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { given, jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.explainPolicy

const Body = z
  .strictObject({
    kind: text(200),
    category: text(100).optional(),
    segment: text(200).optional(),
    region: text(200).optional(),
    agent: text(100).optional(),
  })
  .openapi('PolicyExplanationRequest')

const Rules = z
  .object({
    version: z.int(),
    rules: z.array(
      z.object({
        rule: z.string(),
        from: z.string().openapi({ description: 'The scope that it stands in, or “everywhere”' }),
        value: z.unknown(),
        holds: z.boolean().openapi({ description: 'False: a narrower scope put it aside' }),
        warns_only: z.boolean(),
      }),
    ),
  })
  .openapi('PolicyExplanation')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/explain',
  operationId: 'explainPolicy',
  tags: ['Policies'],
  summary: 'Which rules hold for such an action, and where they come from',
  request: { body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: { description: 'The rules, the narrowest first', content: jsonBody(Rules) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const explainPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'explainPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const explained = await gate.explainPolicy(c.var.actor, given(c.req.valid('json')))
    if (!explained.ok) return problem(c, explained.error, REFUSALS)
    const { version, rules } = explained.value
    const shown = rules.map(({ rule, from, value, holds, warnsOnly }) => ({
      rule,
      from,
      value,
      holds,
      warns_only: warnsOnly,
    }))
    return c.json({ version, rules: shown }, 200)
  })
