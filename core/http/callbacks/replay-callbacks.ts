import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { Replayed } from '../../ports/callbacks.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CallbackSchema, representCallback } from '../represent/callback.ts'
import { bodyId, AnyInstant, jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.replayCallbacks

const ReplayBody = z
  .strictObject({
    deliveries: z.union([z.enum(['failed', 'all']), bodyId('msg')]).openapi({
      description: 'What failed or was held back, everything, or one delivery',
      example: 'failed',
    }),
    since: AnyInstant.optional().openapi({ description: 'Only what was made since; not with one delivery' }),
  })
  .openapi('CallbackReplay')

const route = createRoute({
  method: 'post',
  path: '/v1/callbacks/{id}/replay',
  operationId: 'replayCallbacks',
  tags: ['Callbacks'],
  summary: 'Send again',
  description: 'The same webhook-id and the same body go out again, signed anew.',
  request: { params: pathId('cbe'), body: { required: true, content: jsonBody(ReplayBody) } },
  responses: {
    200: {
      description: 'The address, and how many are sent again',
      content: jsonBody(z.object({ replayed: z.int(), callback: CallbackSchema })),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const replayCallbacksRoute = ({ gate }: { readonly gate: Pick<Gate, 'replayCallbacks'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { deliveries, since } = c.req.valid('json')
    const which: Replayed =
      deliveries === 'failed' || deliveries === 'all' ? { deliveries, since: since ?? null } : { deliveries }
    const again = await gate.replayCallbacks(c.var.actor, c.req.valid('param').id, which)
    if (!again.ok) return problem(c, again.error, REFUSALS)
    return c.json({ replayed: again.value.replayed, callback: representCallback(again.value.endpoint) }, 200)
  })
