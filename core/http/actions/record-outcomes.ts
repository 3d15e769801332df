import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import { METRIC } from '../../domain/trust/benchmarks.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { AnyInstant, given, jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.recordOutcomes

const OutcomesBody = z
  .strictObject({
    outcomes: z
      .array(
        z.strictObject({
          metric: z.string().regex(METRIC, 'is a word like open_rate'),
          value: z.number(),
          measured_at: AnyInstant.optional(),
        }),
      )
      .min(1)
      .max(50),
  })
  .openapi('OutcomesRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/actions/{id}/outcomes',
  operationId: 'recordOutcomes',
  tags: ['Actions'],
  summary: 'Say what an action came to',
  description:
    'Compared with the benchmarks of the policy, whose metrics are the ones that can be recorded. The same measurement again, with its time, changes nothing.',
  request: { params: pathId('act'), body: { required: true, content: jsonBody(OutcomesBody) } },
  responses: {
    200: {
      description: 'How many of them are new',
      content: jsonBody(z.object({ recorded: z.int() }).openapi('OutcomesRecorded')),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const recordOutcomesRoute = ({ gate }: { readonly gate: Pick<Gate, 'recordOutcomes'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const outcomes = c.req
      .valid('json')
      .outcomes.map(({ metric, value, measured_at: measuredAt }) => given({ metric, value, measuredAt }))
    const recorded = await gate.recordOutcomes(c.var.actor, c.req.valid('param').id, outcomes)
    if (!recorded.ok) return problem(c, recorded.error, REFUSALS)
    return c.json({ recorded: recorded.value.recorded }, 200)
  })
