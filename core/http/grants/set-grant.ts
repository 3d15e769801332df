import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { LevelSchema } from '../represent/action-schema.ts'
import { GrantSchema, representGrant } from '../represent/grant.ts'
import { FutureInstant, given, jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.setGrant

const GrantBody = z
  .strictObject({
    scope: text(200).openapi({ example: 'email_campaign:small' }),
    level: LevelSchema,
    until: FutureInstant.optional(),
    reason: text(2000).optional(),
  })
  .openapi('GrantRequest')

const route = createRoute({
  method: 'put',
  path: '/v1/grants',
  operationId: 'setGrant',
  tags: ['Grants'],
  summary: 'Grant a scope a level, or take it back',
  description: 'Up to 4 by an admin, 5 by an owner.',
  request: { body: { required: true, content: jsonBody(GrantBody) } },
  responses: {
    200: { description: 'The grant in force', content: jsonBody(GrantSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const setGrantRoute = ({ gate }: { readonly gate: Pick<Gate, 'setGrant'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { scope, level, until, reason } = c.req.valid('json')
    const grant = await gate.setGrant(c.var.actor, scope, level, given({ until, reason }))
    if (!grant.ok) return problem(c, grant.error, REFUSALS)
    return c.json(representGrant(grant.value), 200)
  })
