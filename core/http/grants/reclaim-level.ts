import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { GrantSchema, representGrant } from '../represent/grant.ts'
import { given, jsonBody, listOf } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { WhichLevelsBody } from './which-levels.ts'

const REFUSALS = REFUSALS_OF.reclaimLevel

const route = createRoute({
  method: 'post',
  path: '/v1/grants/reclaim',
  operationId: 'reclaimLevel',
  tags: ['Grants'],
  summary: 'Take back what runs by itself',
  description:
    'At once, in one step: it asks a person again, and what is in flight comes back. Nothing more is proposed for it until it is handed back. An approver may.',
  request: { body: { required: true, content: jsonBody(WhichLevelsBody) } },
  responses: {
    200: { description: 'Every grant that was taken back', content: jsonBody(listOf(GrantSchema)) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const reclaimLevelRoute = ({ gate }: { readonly gate: Pick<Gate, 'reclaimLevel'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { what, scenario, agent: agentId, reason } = c.req.valid('json')
    const grants = await gate.reclaimLevel(c.var.actor, { what, ...given({ scenario, agentId }) }, reason ?? null)
    if (!grants.ok) return problem(c, grants.error, REFUSALS)
    return c.json({ items: grants.value.map(representGrant) }, 200)
  })
