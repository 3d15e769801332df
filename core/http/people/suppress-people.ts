import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { SUPPRESSION_REASONS } from '../../domain/recipients/suppression.ts'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { given, jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { ChannelName, Identifiers } from './person-body.ts'

const REFUSALS = REFUSALS_OF.suppressPeople

const SuppressionsBody = z
  .strictObject({
    suppressions: z
      .array(
        z.strictObject({
          identifiers: Identifiers,
          channel: ChannelName.optional().openapi({ description: 'All of them where absent' }),
          reason: z.enum(SUPPRESSION_REASONS),
        }),
      )
      .min(1)
      .max(1000),
  })
  .openapi('SuppressionsRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/people/suppressions',
  operationId: 'suppressPeople',
  tags: ['People'],
  summary: 'Say who must not be contacted',
  description: 'It stands above any consent, until somebody lifts it.',
  request: { body: { required: true, content: jsonBody(SuppressionsBody) } },
  responses: {
    200: {
      description: 'How many identifiers are new on the list',
      content: jsonBody(z.object({ suppressed: z.int() }).openapi('PeopleSuppressed')),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const suppressPeopleRoute = ({ gate }: { readonly gate: Pick<Gate, 'suppressPeople'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const suppressions = c.req.valid('json').suppressions.map(({ channel, ...one }) => given({ ...one, channel }))
    const suppressed = await gate.suppressPeople(c.var.actor, suppressions)
    if (!suppressed.ok) return problem(c, suppressed.error, REFUSALS)
    return c.json({ suppressed: suppressed.value.suppressed }, 200)
  })
