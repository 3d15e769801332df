import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { limitBody } from '../middleware/limit-body.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { pathId } from '../request-values.ts'

const REFUSALS = REFUSALS_OF.hearWebhook
const MAX_BODY_BYTES = 64 * 1024

const address = {
  path: '/webhooks/mailchimp/{id}',
  tags: ['Webhooks'],
  security: [],
  request: {
    params: pathId('con'),
    query: z.object({
      key: z.string().max(200).openapi({ description: 'Part of the address, as `webhook_url` has it' }),
    }),
  },
}

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
    'A form, as Mailchimp posts it (`type`, `fired_at`, `data[…]`): who joined, left, complained, whose mail came back, who has another address now. It counts for every send by email from then on. The same twice changes nothing.',
  responses: { 204: { description: 'It was taken up' }, ...problems(...REFUSALS, 'body_too_large', 'internal_error') },
})

/** Mailchimp gives nothing else to know it by than the address that it was told. */
export const hearMailchimpRoute = ({ gate }: { readonly gate: Pick<Gate, 'hearWebhook'> }) => {
  const routes = new OpenAPIHono<HttpEnv>()
  routes.use('/webhooks/*', limitBody(MAX_BODY_BYTES))
  return routes
    .openapi(look, async (c) => {
      const { id } = c.req.valid('param')
      const call = { platform: 'mailchimp', connectionId: id, key: c.req.valid('query').key, body: null }
      const found = await gate.hearWebhook(call)
      return found.ok ? c.body(null, 204) : problem(c, found.error, REFUSALS)
    })
    .openapi(hear, async (c) => {
      const { id } = c.req.valid('param')
      const body = await c.req.text()
      const call = { platform: 'mailchimp', connectionId: id, key: c.req.valid('query').key, body }
      const heard = await gate.hearWebhook(call)
      return heard.ok ? c.body(null, 204) : problem(c, heard.error, REFUSALS)
    })
}
