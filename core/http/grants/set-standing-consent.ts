import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CategorySchema } from '../represent/action-schema.ts'
import { representStandingConsent, StandingConsentSchema } from '../represent/standing-consent.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.setStandingConsent

const StandingConsentBody = z
  .strictObject({
    category: CategorySchema,
    up_to: z
      .union([z.literal(3), z.literal(4)])
      .nullable()
      .openapi({
        type: ['integer', 'null'],
        enum: [3, 4, null],
        description: 'Null: from now on every raise is asked for again',
      }),
  })
  .openapi('StandingConsentRequest')

const route = createRoute({
  method: 'put',
  path: '/v1/grants/automatic',
  operationId: 'setStandingConsent',
  tags: ['Grants'],
  summary: 'Choose automatic escalation for a category',
  description:
    'What has earned more in it gets it by itself, up to this level; people are told each time and may take it back. A demotion in the category ends the choice. Full delegation is never given this way. An owner may.',
  request: { body: { required: true, content: jsonBody(StandingConsentBody) } },
  responses: {
    200: { description: 'Every category for which it was chosen', content: jsonBody(listOf(StandingConsentSchema)) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const setStandingConsentRoute = ({ gate }: { readonly gate: Pick<Gate, 'setStandingConsent'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { category, up_to: upTo } = c.req.valid('json')
    const consents = await gate.setStandingConsent(c.var.actor, category, upTo)
    if (!consents.ok) return problem(c, consents.error, REFUSALS)
    return c.json({ items: consents.value.map(representStandingConsent) }, 200)
  })
