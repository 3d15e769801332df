import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { LedgerHeadSchema, representLedgerHead } from '../represent/ledger-head.ts'
import { jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.adoptLedger

const AdoptionBody = z
  .strictObject({
    reason: text(2000),
    lost: z
      .strictObject({
        batch: z.int().min(1).max(2_000_000_000),
        head: z.string().regex(/^[0-9a-f]{64}$/, 'must be a head: 64 hex digits'),
      })
      .optional()
      .openapi({ description: 'The last head that is known from before a restore' }),
  })
  .openapi('AdoptionRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/ledger/adoptions',
  operationId: 'adoptLedger',
  tags: ['Ledger'],
  summary: 'Let the chain go on after a restore or a change of key',
  description: 'A signed seal says who adopted the ledger and which batches are lost. An owner may.',
  request: { body: { required: true, content: jsonBody(AdoptionBody) } },
  responses: {
    201: { description: 'The head with which the chain goes on', content: jsonBody(LedgerHeadSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const adoptLedgerRoute = ({ gate }: { readonly gate: Pick<Gate, 'adoptLedger'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { reason, lost } = c.req.valid('json')
    const head = await gate.adoptLedger(c.var.actor, { reason, lost: lost ?? null })
    if (!head.ok) return problem(c, head.error, REFUSALS)
    return c.json(representLedgerHead(head.value), 201)
  })
