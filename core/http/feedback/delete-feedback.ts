import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.deleteFeedback

const route = createRoute({
  method: 'delete',
  path: '/v1/feedback/{id}',
  operationId: 'deleteFeedback',
  tags: ['Feedback'],
  summary: 'Forget what was learned',
  request: { params: pathId('fbk') },
  responses: { 204: { description: 'Forgotten' }, ...problems(...REFUSALS, ...ALWAYS) },
})

export const deleteFeedbackRoute = ({ gate }: { readonly gate: Pick<Gate, 'deleteFeedback'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const deleted = await gate.deleteFeedback(c.var.actor, c.req.valid('param').id)
    if (!deleted.ok) return problem(c, deleted.error, REFUSALS)
    return c.body(null, 204)
  })
