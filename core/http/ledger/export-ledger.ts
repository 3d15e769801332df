import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import { errorWords } from '../error-words.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import type { LedgerLine } from '../../domain/ledger-lines.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.exportLedger
/** A plain string: the types would take what ends in "json" for one JSON document. */
const NDJSON: string = 'application/x-ndjson'
/** Lines are gathered to pieces of about this many characters. */
const PIECE = 64 * 1024

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
    return c.body(streamOf(lines.value, failed), 200, { 'content-type': NDJSON })
  })

/** Read as fast as it is taken. A failure in the middle ends the stream without its last line, which the reader notices. */
function streamOf(lines: AsyncIterable<LedgerLine>, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
  const iterator = lines[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        let piece = ''
        for (let next = await iterator.next(); ; next = await iterator.next()) {
          if (next.done) {
            if (piece) controller.enqueue(encoder.encode(piece))
            controller.close()
            return
          }
          piece += `${JSON.stringify(next.value)}\n`
          if (piece.length >= PIECE) break
        }
        controller.enqueue(encoder.encode(piece))
      } catch (error) {
        failed(error)
        controller.error(error)
      }
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
