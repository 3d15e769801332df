import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { FeedbackSchema, representFeedback } from '../represent/feedback.ts'
import { given, jsonBody, pageOf, Paging } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listFeedback

const route = createRoute({
  method: 'get',
  path: '/v1/feedback',
  operationId: 'listFeedback',
  tags: ['Feedback'],
  summary: 'What people said about proposals',
  description: 'An agent reads what was said about its own.',
  request: { query: z.strictObject(Paging) },
  responses: {
    200: { description: 'One page', content: jsonBody(pageOf(FeedbackSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listFeedbackRoute = ({ gate }: { readonly gate: Pick<Gate, 'listFeedback'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const page = await gate.listFeedback(c.var.actor, given(c.req.valid('query')))
    if (!page.ok) return problem(c, page.error, REFUSALS)
    return c.json({ items: page.value.items.map(representFeedback), next_cursor: page.value.nextCursor }, 200)
  })
