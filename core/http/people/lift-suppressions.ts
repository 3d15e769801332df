import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { given, jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { ChannelName, Identifiers } from './person-body.ts'

const REFUSALS = REFUSALS_OF.liftSuppressions

const LiftBody = z
  .strictObject({
    identifiers: Identifiers,
    channel: ChannelName.optional().openapi({
      description: 'Only what was said of this channel; all of it where absent',
    }),
  })
  .openapi('SuppressionLiftRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/people/suppressions/lift',
  operationId: 'liftSuppressions',
  tags: ['People'],
  summary: 'Let a person be contacted again',
  description: 'As far as they agreed. Also for a person who was forgotten and came back.',
  request: { body: { required: true, content: jsonBody(LiftBody) } },
  responses: {
    200: {
      description: 'How many were lifted',
      content: jsonBody(z.object({ lifted: z.int() }).openapi('SuppressionsLifted')),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const liftSuppressionsRoute = ({ gate }: { readonly gate: Pick<Gate, 'liftSuppressions'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { identifiers, channel } = c.req.valid('json')
    const lifted = await gate.liftSuppressions(c.var.actor, given({ identifiers, channel }))
    if (!lifted.ok) return problem(c, lifted.error, REFUSALS)
    return c.json({ lifted: lifted.value.lifted }, 200)
  })
