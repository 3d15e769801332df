import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { PayloadHash } from '../actions/decision-body.ts'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { PlanSchema, representPlan } from '../represent/plan.ts'
import { given, jsonBody, pathId, Severity, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.decidePlan

const PlanDecisionBody = z
  .strictObject({
    // Not `edit`: a changed plan is a new plan.
    decision: z.enum(['approve', 'revise', 'reject', 'cancel', 'confirm']),
    payload_hash: PayloadHash,
    severity: Severity.optional(),
    reason: text(2000).optional(),
    outside: z.boolean().optional(),
  })
  .openapi('PlanDecisionRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/plans/{id}/decisions',
  operationId: 'decidePlan',
  tags: ['Plans'],
  summary: 'Decide a plan as one',
  request: { params: pathId('pln'), body: { required: true, content: jsonBody(PlanDecisionBody) } },
  responses: {
    200: { description: 'The plan after the decision', content: jsonBody(PlanSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const decidePlanRoute = ({ gate }: { readonly gate: Pick<Gate, 'decidePlan'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { decision, payload_hash: payloadHash, severity, reason, outside } = c.req.valid('json')
    const request = given({ decision, payloadHash, severity, reason, outside })
    const decided = await gate.decidePlan(c.var.actor, c.req.valid('param').id, request)
    if (!decided.ok) return problem(c, decided.error, REFUSALS)
    return c.json(representPlan(decided.value, c.var.publicUrl), 200)
  })
