import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { BacktestLine } from '../../gate/backtest-policy.ts'
import type { Gate } from '../../gate/gate.ts'
import { errorWords } from '../error-words.ts'
import type { HttpEnv } from '../http-env.ts'
import { linesBody, NDJSON } from '../lines-body.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { BacktestSchema, representBacktest } from '../represent/backtest.ts'
import { jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { notBoth, policyFields, policyOf } from './policy-body.ts'

const REFUSALS = REFUSALS_OF.backtestPolicy

const BacktestBody = z
  .strictObject({
    ...policyFields,
    days: z.int().min(1).max(365).default(90).openapi({ description: 'How far back' }),
    levels: z
      .record(z.string(), z.int().min(1).max(5))
      .optional()
      .openapi({
        type: 'object',
        additionalProperties: { type: 'integer' },
        description: 'Levels by category or scope, instead of those that agents had then',
        example: { email_campaign: 3 },
      }),
  })
  .refine(...notBoth)
  .openapi('BacktestRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/backtest',
  operationId: 'backtestPolicy',
  tags: ['Policies'],
  summary: 'Replay the past under another policy or other levels',
  description:
    'What would have been asked, blocked and run under a document or the source of a file (neither: the policy in force); nothing is written. Answers one JSON document a line: `{"line":"progress","done":200,"of":1000}`, and at last `{"line":"result"}` with the fields of Backtest. With `Accept: application/json` only the result. An admin may.',
  request: { body: { required: true, content: jsonBody(BacktestBody) } },
  responses: {
    200: {
      description: 'What it would have come to',
      content: { 'application/json': { schema: BacktestSchema }, [NDJSON]: { schema: z.string() } },
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const backtestPolicyRoute = ({ gate }: { readonly gate: Pick<Gate, 'backtestPolicy'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { days, levels, ...given } = c.req.valid('json')
    const request = { policy: policyOf(given) ?? null, days, levels: levels ?? null }
    const lines = await gate.backtestPolicy(c.var.actor, request)
    if (!lines.ok) return problem(c, lines.error, REFUSALS)
    if (c.req.header('accept')?.includes('application/json')) {
      return c.json(await resultOf(lines.value), 200)
    }
    const failed = (error: unknown): void =>
      c.var.logger.error('backtest_failed', { requestId: c.var.requestId, error: errorWords(error) })
    return c.body(linesBody(represented(lines.value), failed, 0), 200, { 'content-type': NDJSON })
  })

async function* represented(lines: AsyncIterable<BacktestLine>): AsyncGenerator<object> {
  for await (const line of lines)
    yield line.line === 'progress' ? line : { line: 'result', ...representBacktest(line.report) }
}

async function resultOf(lines: AsyncIterable<BacktestLine>): Promise<z.infer<typeof BacktestSchema>> {
  for await (const line of lines) if (line.line === 'result') return representBacktest(line.report)
  throw new Error('A replay ended without its result')
}
