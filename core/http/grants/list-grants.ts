import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { GrantSchema, representGrant } from '../represent/grant.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listGrants

const route = createRoute({
  method: 'get',
  path: '/v1/grants',
  operationId: 'listGrants',
  tags: ['Grants'],
  summary: 'The levels that people granted',
  description: 'With what holds now, until when, and what a person took back.',
  responses: {
    200: { description: 'Every agent and scenario whose level was ever set', content: jsonBody(listOf(GrantSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listGrantsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listGrants'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const grants = await gate.listGrants(c.var.actor)
    if (!grants.ok) return problem(c, grants.error, REFUSALS)
    return c.json({ items: grants.value.map(representGrant) }, 200)
  })
