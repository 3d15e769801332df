import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { FutureInstant, jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.snoozeAction

const SnoozeBody = z
  .strictObject({ until: z.union([z.enum(['1h', 'tomorrow']), FutureInstant]) })
  .openapi('SnoozeRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/actions/{id}/snooze',
  operationId: 'snoozeAction',
  tags: ['Actions'],
  summary: 'Ask again later',
  description: 'Never past the expiry or the planned time.',
  request: { params: pathId('act'), body: { required: true, content: jsonBody(SnoozeBody) } },
  responses: {
    200: { description: 'The action, asleep', content: jsonBody(ActionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const snoozeActionRoute = ({ gate }: { readonly gate: Pick<Gate, 'snoozeAction'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const snoozed = await gate.snoozeAction(c.var.actor, c.req.valid('param').id, c.req.valid('json').until)
    if (!snoozed.ok) return problem(c, snoozed.error, REFUSALS)
    return c.json(representAction(snoozed.value, c.var.publicUrl), 200)
  })
