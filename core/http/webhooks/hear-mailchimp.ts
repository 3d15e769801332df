import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { limitBody } from '../middleware/limit-body.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { HEARD, WEBHOOK, webhookMessage } from './webhook-door.ts'

const REFUSALS = REFUSALS_OF.hearWebhook
const MAX_BODY_BYTES = 64 * 1024

const address = { ...WEBHOOK, path: '/webhooks/mailchimp/{id}' }

const look = createRoute({
  ...address,
  method: 'get',
  operationId: 'findMailchimpWebhook',
  summary: 'Whether the address is right',
  description: 'Mailchimp asks before it takes an address.',
  responses: { 204: { description: 'It is' }, ...problems(...REFUSALS, 'internal_error') },
})

const hear = createRoute({
  ...address,
  method: 'post',
  operationId: 'hearMailchimpWebhook',
  summary: 'What Mailchimp tells of an audience',
  description:
    'A form, as Mailchimp posts it (`type`, `fired_at`, `data[…]`): who joined, left, complained, whose mail came back, who has another address now. Who left counts for every send by email from then on; who joined, as Mailchimp itself has it when it is asked. The same twice changes nothing. Where the connection has a `webhookSecret`, only what Mailchimp signed with it counts.',
  responses: { ...HEARD, ...problems(...REFUSALS, 'body_too_large', 'internal_error') },
})

/** The address is what Mailchimp is known by; its signature is asked for where the connection has a secret. */
export const hearMailchimpRoute = ({ gate }: { readonly gate: Pick<Gate, 'hearWebhook'> }) => {
  const routes = new OpenAPIHono<HttpEnv>()
  routes.use('/webhooks/mailchimp/*', limitBody(MAX_BODY_BYTES))
  return routes
    .openapi(look, async (c) => {
      const { id } = c.req.valid('param')
      const call = { platform: 'mailchimp', connectionId: id, key: c.req.valid('query').key, message: null }
      const found = await gate.hearWebhook(call)
      return found.ok ? c.body(null, 204) : problem(c, found.error, REFUSALS)
    })
    .openapi(hear, async (c) => {
      const { id } = c.req.valid('param')
      const message = await webhookMessage(c, ['x-mailchimp-signature'])
      const call = { platform: 'mailchimp', connectionId: id, key: c.req.valid('query').key, message }
      const heard = await gate.hearWebhook(call)
      if (!heard.ok) return problem(c, heard.error, REFUSALS)
      return heard.value.unread ? c.body(null, 503) : c.body(null, 204)
    })
}
