import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { Instant } from '../represent/values.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.createLinkCode

const route = createRoute({
  method: 'post',
  path: '/v1/members/{id}/link-codes',
  operationId: 'createLinkCode',
  tags: ['Members'],
  summary: 'A code for `/tenure link` in Slack',
  description: 'Valid for 15 minutes, used once.',
  request: { params: pathId('mem') },
  responses: {
    201: { description: 'The code', content: jsonBody(z.object({ code: z.string(), expires_at: Instant })) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const createLinkCodeRoute = ({ gate }: { readonly gate: Pick<Gate, 'createLinkCode'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const made = await gate.createLinkCode(c.var.actor, c.req.valid('param').id)
    if (!made.ok) return problem(c, made.error, REFUSALS)
    return c.json({ code: made.value.code, expires_at: made.value.expiresAt.toISOString() }, 201)
  })
