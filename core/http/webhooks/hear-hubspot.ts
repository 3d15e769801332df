import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { limitBody } from '../middleware/limit-body.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { HEARD, WEBHOOK, webhookMessage } from './webhook-door.ts'

const REFUSALS = REFUSALS_OF.hearWebhook
/** A hundred events, each with the new value of a property. */
const MAX_BODY_BYTES = 1024 * 1024

const hear = createRoute({
  ...WEBHOOK,
  path: '/webhooks/hubspot/{id}',
  method: 'post',
  operationId: 'hearHubSpotWebhook',
  summary: 'What HubSpot tells of contacts',
  description:
    'Up to 100 events, as HubSpot posts them: who opted out of e-mail or came back, whose address changed, who is new, who had to be forgotten. An opt-out counts for every send by email from then on; whoever came back, as HubSpot itself has it when it is asked. The same twice, or in another order, changes nothing. Where the connection has a `clientSecret`, only what HubSpot signed with it (version 3) counts.',
  responses: { ...HEARD, ...problems(...REFUSALS, 'body_too_large', 'internal_error') },
})

/** The address is what HubSpot is known by; its signature is asked for where the connection has a secret. */
export const hearHubSpotRoute = ({ gate }: { readonly gate: Pick<Gate, 'hearWebhook'> }) => {
  const routes = new OpenAPIHono<HttpEnv>()
  routes.use('/webhooks/hubspot/*', limitBody(MAX_BODY_BYTES))
  return routes.openapi(hear, async (c) => {
    const { id } = c.req.valid('param')
    const message = await webhookMessage(c, ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'])
    const call = { platform: 'hubspot', connectionId: id, key: c.req.valid('query').key, message }
    const heard = await gate.hearWebhook(call)
    if (!heard.ok) return problem(c, heard.error, REFUSALS)
    return heard.value.unread ? c.body(null, 503) : c.body(null, 204)
  })
}
