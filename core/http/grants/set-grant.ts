import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { LevelSchema } from '../represent/action-schema.ts'
import { GrantSchema, representGrant } from '../represent/grant.ts'
import { bodyId, FutureInstant, given, jsonBody, listOf, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.setGrant

const GrantBody = z
  .strictObject({
    scope: text(200).openapi({ example: 'crm_update.small' }),
    level: LevelSchema,
    scenario: text(200).optional().openapi({
      description: 'Absent: all of them when it is lowered; the only one that has earned it when it is raised',
      example: 'hubspot.contact.update',
    }),
    agent: bodyId('agt').optional().openapi({ description: 'The same for agents', example: 'agt_01' }),
    until: FutureInstant.optional().openapi({
      description: 'Levels 3 to 5 end at the next quarterly review at the latest; 2 has no end',
    }),
    reason: text(2000).optional(),
  })
  .openapi('GrantRequest')

const route = createRoute({
  method: 'put',
  path: '/v1/grants',
  operationId: 'setGrant',
  tags: ['Grants'],
  summary: 'Set the level of a scope',
  description:
    'Lowering always works, and what is in flight comes back to a person in the same step. Level 1 observes the whole scope for 30 days: nothing goes out meanwhile. Raising is the consent of the person who sends it: every gate is looked at, and while one is missing it is refused with `not_earned`. Levels 1 to 4 by an admin, 5 by an owner.',
  request: { body: { required: true, content: jsonBody(GrantBody) } },
  responses: {
    200: { description: 'Every grant that changed', content: jsonBody(listOf(GrantSchema)) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const setGrantRoute = ({ gate }: { readonly gate: Pick<Gate, 'setGrant'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { scope, level, scenario, agent: agentId, until, reason } = c.req.valid('json')
    const grants = await gate.setGrant(c.var.actor, scope, level, given({ scenario, agentId, until, reason }))
    if (!grants.ok) return problem(c, grants.error, REFUSALS)
    return c.json({ items: grants.value.map(representGrant) }, 200)
  })
