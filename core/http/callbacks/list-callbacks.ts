import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { CallbackSchema, representCallback } from '../represent/callback.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listCallbacks

const route = createRoute({
  method: 'get',
  path: '/v1/callbacks',
  operationId: 'listCallbacks',
  tags: ['Callbacks'],
  summary: 'The addresses that agents named, and how they fare',
  responses: {
    200: { description: 'Every address; an agent sees its own', content: jsonBody(listOf(CallbackSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listCallbacksRoute = ({ gate }: { readonly gate: Pick<Gate, 'listCallbacks'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const listed = await gate.listCallbacks(c.var.actor)
    if (!listed.ok) return problem(c, listed.error, REFUSALS)
    return c.json({ items: listed.value.map(representCallback) }, 200)
  })
