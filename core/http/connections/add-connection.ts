import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { ConnectionSchema, CredentialsText, representConnection } from '../represent/connection.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.addConnection

const ConnectionBody = z
  .strictObject({
    platform: text(50).openapi({ example: 'mailchimp' }),
    name: text(100).openapi({ example: 'Newsletter account' }),
    credentials: CredentialsText,
  })
  .openapi('ConnectionRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/connections',
  operationId: 'addConnection',
  tags: ['Connections'],
  summary: 'Connect a platform',
  request: { body: { required: true, content: jsonBody(ConnectionBody) } },
  responses: {
    201: { description: 'The connection', content: jsonBody(ConnectionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const addConnectionRoute = ({ gate }: { readonly gate: Pick<Gate, 'addConnection'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { platform, name, credentials } = c.req.valid('json')
    const added = await gate.addConnection(c.var.actor, { platform, name, credentials })
    if (!added.ok) return problem(c, added.error, REFUSALS)
    return c.json(representConnection(added.value, c.var.publicUrl), 201)
  })
