import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { GrantSchema, representGrant } from '../represent/grant.ts'
import { given, jsonBody, listOf } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { WhichLevelsBody } from './which-levels.ts'

const REFUSALS = REFUSALS_OF.handBack

const route = createRoute({
  method: 'post',
  path: '/v1/grants/hand-back',
  operationId: 'handBack',
  tags: ['Grants'],
  summary: 'Hand back what was taken back',
  description:
    'As it was, until the next quarterly review. Refused with `not_earned` where it went under full review since. An admin may; full delegation is for an owner to hand back.',
  request: { body: { required: true, content: jsonBody(WhichLevelsBody) } },
  responses: {
    200: { description: 'Every grant that was handed back', content: jsonBody(listOf(GrantSchema)) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const handBackRoute = ({ gate }: { readonly gate: Pick<Gate, 'handBack'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { what, scenario, agent: agentId, reason } = c.req.valid('json')
    const grants = await gate.handBack(c.var.actor, { what, ...given({ scenario, agentId }) }, reason ?? null)
    if (!grants.ok) return problem(c, grants.error, REFUSALS)
    return c.json({ items: grants.value.map(representGrant) }, 200)
  })
