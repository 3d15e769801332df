import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representStandingConsent, StandingConsentSchema } from '../represent/standing-consent.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listStandingConsents

const route = createRoute({
  method: 'get',
  path: '/v1/grants/automatic',
  operationId: 'listStandingConsents',
  tags: ['Grants'],
  summary: 'Where what has earned more gets it by itself',
  responses: {
    200: {
      description: 'Every category for which an owner chose it, also where that was withdrawn',
      content: jsonBody(listOf(StandingConsentSchema)),
    },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listStandingConsentsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listStandingConsents'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const consents = await gate.listStandingConsents(c.var.actor)
    if (!consents.ok) return problem(c, consents.error, REFUSALS)
    return c.json({ items: consents.value.map(representStandingConsent) }, 200)
  })
