import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.eraseDetails

const ErasureBody = z
  .strictObject({
    subject: z
      .string()
      .regex(/^[\w:.-]{1,200}$/, 'must be the subject of events, such as an action’s id')
      .openapi({ example: 'act_01' }),
  })
  .openapi('ErasureRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/ledger/erasures',
  operationId: 'eraseDetails',
  tags: ['Ledger'],
  summary: 'Erase what people wrote at a subject’s events',
  description: 'Reasons, notes and platform references beside the ledger go; the events stay, and verify stays intact.',
  request: { body: { required: true, content: jsonBody(ErasureBody) } },
  responses: {
    200: { description: 'How many were erased', content: jsonBody(z.object({ erased: z.int() })) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const eraseDetailsRoute = ({ gate }: { readonly gate: Pick<Gate, 'eraseDetails'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const erased = await gate.eraseDetails(c.var.actor, c.req.valid('json').subject)
    if (!erased.ok) return problem(c, erased.error, REFUSALS)
    return c.json({ erased: erased.value.erased }, 200)
  })
