import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PromotionSchema, PromotionStateSchema, representPromotion } from '../represent/promotion.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listPromotions

const route = createRoute({
  method: 'get',
  path: '/v1/promotions',
  operationId: 'listPromotions',
  tags: ['Promotions'],
  summary: 'List proposals of more autonomy, newest first',
  request: { query: z.strictObject({ state: PromotionStateSchema.optional() }) },
  responses: {
    200: { description: 'The newest 200', content: jsonBody(listOf(PromotionSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listPromotionsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listPromotions'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const promotions = await gate.listPromotions(c.var.actor, c.req.valid('query').state ?? null)
    if (!promotions.ok) return problem(c, promotions.error, REFUSALS)
    return c.json({ items: promotions.value.map(representPromotion) }, 200)
  })
