import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PromotionSchema, representPromotion } from '../represent/promotion.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.getPromotion

const route = createRoute({
  method: 'get',
  path: '/v1/promotions/{id}',
  operationId: 'getPromotion',
  tags: ['Promotions'],
  summary: 'Read one, with its whole dossier',
  request: { params: pathId('prm') },
  responses: {
    200: { description: 'The proposal', content: jsonBody(PromotionSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getPromotionRoute = ({ gate }: { readonly gate: Pick<Gate, 'getPromotion'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const promotion = await gate.getPromotion(c.var.actor, c.req.valid('param').id)
    if (!promotion.ok) return problem(c, promotion.error, REFUSALS)
    return c.json(representPromotion(promotion.value), 200)
  })
