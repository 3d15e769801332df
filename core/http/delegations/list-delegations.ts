import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { DelegationSchema, representDelegation } from '../represent/delegation.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listDelegations

const route = createRoute({
  method: 'get',
  path: '/v1/delegations',
  operationId: 'listDelegations',
  tags: ['Members'],
  summary: 'Who decides for whom',
  responses: {
    200: { description: 'Those that run or are planned', content: jsonBody(listOf(DelegationSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listDelegationsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listDelegations'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const listed = await gate.listDelegations(c.var.actor)
    if (!listed.ok) return problem(c, listed.error, REFUSALS)
    return c.json({ items: listed.value.map(representDelegation) }, 200)
  })
