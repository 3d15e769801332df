import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representTrust, TrustSchema } from '../represent/trust.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listTrust

const route = createRoute({
  method: 'get',
  path: '/v1/trust',
  operationId: 'listTrust',
  tags: ['Trust'],
  summary: 'What the evidence of each scope comes to',
  responses: {
    200: { description: 'Every scope in which something was decided', content: jsonBody(listOf(TrustSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listTrustRoute = ({ gate }: { readonly gate: Pick<Gate, 'listTrust'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const trust = await gate.listTrust(c.var.actor)
    if (!trust.ok) return problem(c, trust.error, REFUSALS)
    return c.json({ items: trust.value.map(representTrust) }, 200)
  })
