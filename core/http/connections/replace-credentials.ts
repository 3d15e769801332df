import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { ConnectionSchema, CredentialsText, representConnection } from '../represent/connection.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.replaceCredentials

const CredentialsBody = z.strictObject({ credentials: CredentialsText }).openapi('CredentialsRequest')

const route = createRoute({
  method: 'put',
  path: '/v1/connections/{id}/credentials',
  operationId: 'replaceCredentials',
  tags: ['Connections'],
  summary: 'Mend a connection',
  description:
    'The old credentials are forgotten and the connection is live again. What waits for people goes on waiting. Its webhooks have a new address: tell the platform. What comes from the settings is changed there.',
  request: { params: pathId('con'), body: { required: true, content: jsonBody(CredentialsBody) } },
  responses: {
    200: { description: 'The connection', content: jsonBody(ConnectionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const replaceCredentialsRoute = ({ gate }: { readonly gate: Pick<Gate, 'replaceCredentials'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { credentials } = c.req.valid('json')
    const mended = await gate.replaceCredentials(c.var.actor, c.req.valid('param').id, credentials)
    if (!mended.ok) return problem(c, mended.error, REFUSALS)
    return c.json(representConnection(mended.value, c.var.publicUrl), 200)
  })
