import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representTrustDetails, TrustDetailsSchema } from '../represent/trust.ts'
import { jsonBody } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.explainTrust

const route = createRoute({
  method: 'get',
  path: '/v1/trust/{scope}',
  operationId: 'explainTrust',
  tags: ['Trust'],
  summary: 'Explain the score of a scope',
  description:
    'What each signal gives and could give, how many clean approvals reach the next tier, the cells with their counts, evidence and gates, the decisions that moved it most, the newest ones, and how the people who approve here decide.',
  request: {
    params: z.object({
      scope: z
        .string()
        .regex(/^[a-z_]{1,40}\.[a-z]{1,20}$/)
        .openapi({ param: { name: 'scope', in: 'path' }, example: 'crm_update.small' }),
    }),
  },
  responses: {
    200: { description: 'The scope', content: jsonBody(TrustDetailsSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const explainTrustRoute = ({ gate }: { readonly gate: Pick<Gate, 'explainTrust'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const trust = await gate.explainTrust(c.var.actor, c.req.valid('param').scope)
    if (!trust.ok) return problem(c, trust.error, REFUSALS)
    return c.json(representTrustDetails(trust.value), 200)
  })
