import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PromotionSchema, representPromotion } from '../represent/promotion.ts'
import { jsonBody, pathId, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.decidePromotion

const PromotionDecisionBody = z
  .strictObject({ decision: z.enum(['grant', 'decline']), reason: text(2000).optional() })
  .openapi('PromotionDecision')

const route = createRoute({
  method: 'post',
  path: '/v1/promotions/{id}/decisions',
  operationId: 'decidePromotion',
  tags: ['Promotions'],
  summary: 'Grant it, or say not yet',
  description:
    'A grant looks at every gate again and is refused with `not_earned` where one was lost. Declined, nothing changes, and it comes back only with new evidence. Levels 3 and 4 by an admin, 5 by an owner.',
  request: { params: pathId('prm'), body: { required: true, content: jsonBody(PromotionDecisionBody) } },
  responses: {
    200: { description: 'The proposal, closed', content: jsonBody(PromotionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const decidePromotionRoute = ({ gate }: { readonly gate: Pick<Gate, 'decidePromotion'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { decision, reason } = c.req.valid('json')
    const decided = await gate.decidePromotion(c.var.actor, c.req.valid('param').id, decision, reason ?? null)
    if (!decided.ok) return problem(c, decided.error, REFUSALS)
    return c.json(representPromotion(decided.value), 200)
  })
