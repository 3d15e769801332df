import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PolicyTrialSchema, representTrial } from '../represent/policy.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.endPolicyTrial

const Body = z.strictObject({ outcome: z.enum(['promoted', 'withdrawn']) }).openapi('PolicyTrialEnd')

const route = createRoute({
  method: 'post',
  path: '/v1/policies/trials/{id}/end',
  operationId: 'endPolicyTrial',
  tags: ['Policies'],
  summary: 'End a trial: its version holds everywhere, or nowhere',
  request: { params: pathId('ptr'), body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: { description: 'The trial that ended', content: jsonBody(PolicyTrialSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const endPolicyTrialRoute = ({ gate }: { readonly gate: Pick<Gate, 'endPolicyTrial'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const trial = await gate.endPolicyTrial(c.var.actor, c.req.valid('param').id, c.req.valid('json').outcome)
    if (!trial.ok) return problem(c, trial.error, REFUSALS)
    return c.json(representTrial(trial.value), 200)
  })
