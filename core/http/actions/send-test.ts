import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.sendTest

const route = createRoute({
  method: 'post',
  path: '/v1/actions/{id}/test',
  operationId: 'sendTest',
  tags: ['Actions'],
  summary: 'Send me a test',
  description: "Sends it to the calling member's own e-mail address, where the kind can do that.",
  request: { params: pathId('act') },
  responses: {
    200: { description: 'Sent', content: jsonBody(z.object({ sent_to: z.string() })) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const sendTestRoute = ({ gate }: { readonly gate: Pick<Gate, 'sendTest'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const sent = await gate.sendTest(c.var.actor, c.req.valid('param').id)
    if (!sent.ok) return problem(c, sent.error, REFUSALS)
    return c.json({ sent_to: sent.value.to }, 200)
  })
