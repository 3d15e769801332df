import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { LedgerHeadSchema, representLedgerHead } from '../represent/ledger-head.ts'
import { jsonBody } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.ledgerHead

const route = createRoute({
  method: 'get',
  path: '/v1/ledger/head',
  operationId: 'getLedgerHead',
  tags: ['Ledger'],
  summary: 'The newest head, signed and complete in itself',
  description:
    'Keep it outside the system: with it, `tenure ledger verify --head` finds a rewritten or shortened past.',
  responses: {
    200: { description: 'The head of the newest sealed batch', content: jsonBody(LedgerHeadSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getLedgerHeadRoute = ({ gate }: { readonly gate: Pick<Gate, 'ledgerHead'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const head = await gate.ledgerHead(c.var.actor)
    if (!head.ok) return problem(c, head.error, REFUSALS)
    return c.json(representLedgerHead(head.value), 200)
  })
