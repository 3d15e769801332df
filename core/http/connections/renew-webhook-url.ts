import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { ConnectionSchema, representConnection } from '../represent/connection.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.renewWebhookUrl

const route = createRoute({
  method: 'post',
  path: '/v1/connections/{id}/webhook-url',
  operationId: 'renewWebhookUrl',
  tags: ['Connections'],
  summary: 'Give a connection another webhook address',
  description:
    'For an address that somebody else may know. What comes to the one before counts nothing from then on; tell the platform the new one. What it could not tell meanwhile is read with the next recipients.',
  request: { params: pathId('con') },
  responses: {
    200: { description: 'The connection, with the new address', content: jsonBody(ConnectionSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const renewWebhookUrlRoute = ({ gate }: { readonly gate: Pick<Gate, 'renewWebhookUrl'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const renewed = await gate.renewWebhookUrl(c.var.actor, c.req.valid('param').id)
    if (!renewed.ok) return problem(c, renewed.error, REFUSALS)
    return c.json(representConnection(renewed.value, c.var.publicUrl), 200)
  })
