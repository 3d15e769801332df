import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import { errorWords } from '../error-words.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { linesBody, NDJSON } from '../lines-body.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.exportLedger

const route = createRoute({
  method: 'get',
  path: '/v1/ledger/export',
  operationId: 'exportLedger',
  tags: ['Ledger'],
  summary: 'The whole ledger, one JSON document a line',
  description:
    'The start, each seal before its events, what is not sealed yet, the end; `docs/ledger.md` has the fields.',
  request: {
    query: z.strictObject({
      details: z
        .enum(['true', 'false'])
        .default('false')
        .openapi({ description: 'With what people wrote, where it was not erased' }),
    }),
  },
  responses: {
    200: {
      description: 'The lines',
      content: { [NDJSON]: { schema: z.string() } },
    },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const exportLedgerRoute = ({ gate }: { readonly gate: Pick<Gate, 'exportLedger'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const lines = await gate.exportLedger(c.var.actor, { details: c.req.valid('query').details === 'true' })
    if (!lines.ok) return problem(c, lines.error, REFUSALS)
    const failed = (error: unknown): void =>
      c.var.logger.error('export_failed', { requestId: c.var.requestId, error: errorWords(error) })
    return c.body(linesBody(lines.value, failed), 200, { 'content-type': NDJSON })
  })
