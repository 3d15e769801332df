import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { TrialComparisonLine } from '../../gate/compare-policy-trial.ts'
import type { Gate } from '../../gate/gate.ts'
import { errorWords } from '../error-words.ts'
import type { HttpEnv } from '../http-env.ts'
import { linesBody, NDJSON } from '../lines-body.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representTrialComparison, TrialComparisonSchema } from '../represent/trial-comparison.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.comparePolicyTrial

const Body = z
  .strictObject({
    days: z
      .int()
      .min(0)
      .max(365)
      .default(0)
      .openapi({ description: 'Days before the trial that are compared too, in the same scope' }),
  })
  .openapi('PolicyTrialComparisonRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/trials/{id}/compare',
  operationId: 'comparePolicyTrial',
  tags: ['Policies'],
  summary: 'Compare a version on trial with the one in force for the rest',
  description:
    'What each of the two makes of everything proposed in the trial’s scope since it began; nothing is written. Answers one JSON document a line: `{"line":"progress","done":200,"of":1000}`, and at last `{"line":"result"}` with the fields of PolicyTrialComparison. With `Accept: application/json` only the result. An admin may.',
  request: { params: pathId('ptr'), body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: {
      description: 'Both versions side by side',
      content: { 'application/json': { schema: TrialComparisonSchema }, [NDJSON]: { schema: z.string() } },
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const comparePolicyTrialRoute = ({ gate }: { readonly gate: Pick<Gate, 'comparePolicyTrial'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const lines = await gate.comparePolicyTrial(c.var.actor, c.req.valid('param').id, c.req.valid('json').days)
    if (!lines.ok) return problem(c, lines.error, REFUSALS)
    if (c.req.header('accept')?.includes('application/json')) {
      return c.json(await resultOf(lines.value), 200)
    }
    const failed = (error: unknown): void =>
      c.var.logger.error('comparison_failed', { requestId: c.var.requestId, error: errorWords(error) })
    return c.body(linesBody(represented(lines.value), failed, 0), 200, { 'content-type': NDJSON })
  })

async function* represented(lines: AsyncIterable<TrialComparisonLine>): AsyncGenerator<object> {
  for await (const line of lines)
    yield line.line === 'progress' ? line : { line: 'result', ...representTrialComparison(line.comparison) }
}

async function resultOf(lines: AsyncIterable<TrialComparisonLine>): Promise<z.infer<typeof TrialComparisonSchema>> {
  for await (const line of lines) if (line.line === 'result') return representTrialComparison(line.comparison)
  throw new Error('A comparison ended without its result')
}
