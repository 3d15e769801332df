import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CallbackDeliverySchema, representDelivery } from '../represent/callback.ts'
import { given, jsonBody, pageOf, Paging, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listCallbackDeliveries

const route = createRoute({
  method: 'get',
  path: '/v1/callbacks/{id}/deliveries',
  operationId: 'listCallbackDeliveries',
  tags: ['Callbacks'],
  summary: 'What was sent to an address, and what was not',
  description: 'Kept for 30 days.',
  request: { params: pathId('cbe'), query: z.strictObject(Paging) },
  responses: {
    200: { description: 'One page, newest first', content: jsonBody(pageOf(CallbackDeliverySchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listCallbackDeliveriesRoute = ({ gate }: { readonly gate: Pick<Gate, 'listCallbackDeliveries'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const page = await gate.listCallbackDeliveries(c.var.actor, c.req.valid('param').id, given(c.req.valid('query')))
    if (!page.ok) return problem(c, page.error, REFUSALS)
    return c.json({ items: page.value.items.map(representDelivery), next_cursor: page.value.nextCursor }, 200)
  })
