import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { ConnectionSchema, representConnection } from '../represent/connection.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listConnections

const route = createRoute({
  method: 'get',
  path: '/v1/connections',
  operationId: 'listConnections',
  tags: ['Connections'],
  summary: 'The platforms that are connected',
  responses: {
    200: { description: 'Every connection, without its credentials', content: jsonBody(listOf(ConnectionSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listConnectionsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listConnections'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const connections = await gate.listConnections(c.var.actor)
    if (!connections.ok) return problem(c, connections.error, REFUSALS)
    return c.json({ items: connections.value.map((one) => representConnection(one, c.var.publicUrl)) }, 200)
  })
