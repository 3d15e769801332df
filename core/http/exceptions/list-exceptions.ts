import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { ExceptionSchema, representException } from '../represent/exception.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listExceptions

const route = createRoute({
  method: 'get',
  path: '/v1/exceptions',
  operationId: 'listExceptions',
  tags: ['Exceptions'],
  summary: 'What waits for a person because the gate could not settle it',
  responses: {
    200: { description: 'Every open exception', content: jsonBody(listOf(ExceptionSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listExceptionsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listExceptions'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const exceptions = await gate.listExceptions(c.var.actor)
    if (!exceptions.ok) return problem(c, exceptions.error, REFUSALS)
    return c.json({ items: exceptions.value.map(representException) }, 200)
  })
