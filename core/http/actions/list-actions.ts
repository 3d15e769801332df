import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representAction } from '../represent/action.ts'
import { ActionSchema, CategorySchema, StateSchema } from '../represent/action-schema.ts'
import { bodyId, given, jsonBody, pageOf, Paging, text } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listActions

const route = createRoute({
  method: 'get',
  path: '/v1/actions',
  operationId: 'listActions',
  tags: ['Actions'],
  summary: 'List actions, newest first',
  request: {
    query: z.strictObject({
      state: StateSchema.optional(),
      kind: text(100).optional(),
      category: CategorySchema.optional(),
      agent: bodyId('agt').optional(),
      ...Paging,
    }),
  },
  responses: {
    200: { description: 'One page', content: jsonBody(pageOf(ActionSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listActionsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listActions'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { state, kind, category, agent, cursor, limit } = c.req.valid('query')
    const filter = given({ state, kind, category, agentId: agent })
    const page = await gate.listActions(c.var.actor, filter, given({ cursor, limit }))
    if (!page.ok) return problem(c, page.error, REFUSALS)
    const items = page.value.items.map((action) => representAction(action, c.var.publicUrl))
    return c.json({ items, next_cursor: page.value.nextCursor }, 200)
  })
