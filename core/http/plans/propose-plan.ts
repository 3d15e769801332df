import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { MOST_STEPS } from '../../domain/plan-size.ts'
import type { Gate } from '../../gate/gate.ts'
import type { PlanProposal } from '../../gate/requests.ts'
import type { PlanView } from '../../gate/views.ts'
import {
  KindId,
  KindInput,
  RequestedByBody,
  EvidenceBody,
  toEvidence,
  toRequestedBy,
} from '../actions/proposal-body.ts'
import { bodyDigest } from '../body-digest.ts'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem, problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { planPath, PlanSchema, representPlan } from '../represent/plan.ts'
import { CallbackAddress, FutureInstant, given, IdempotencyKey, jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.proposePlan

const PlanBody = z
  .strictObject({
    title: text(200),
    steps: z
      .array(z.strictObject({ kind: KindId, input: KindInput, connection: text(200).optional() }))
      .min(1)
      .max(MOST_STEPS),
    reason: text(2000),
    requested_by: RequestedByBody.optional(),
    evidence: EvidenceBody.optional(),
    not_before: FutureInstant.optional(),
    expires_at: FutureInstant.optional(),
    callback_url: CallbackAddress.optional(),
  })
  .openapi('PlanProposal')

const route = createRoute({
  method: 'post',
  path: '/v1/plans',
  operationId: 'proposePlan',
  tags: ['Plans'],
  summary: 'Propose an ordered set of actions, decided as one',
  request: { headers: IdempotencyKey, body: { required: true, content: jsonBody(PlanBody) } },
  responses: {
    200: { description: 'Observed, a repeat of the same key, or ended', content: jsonBody(PlanSchema) },
    201: { description: 'Executed', content: jsonBody(PlanSchema) },
    202: { description: 'Waiting or running', content: jsonBody(PlanSchema) },
    ...problems(...REFUSALS, ...WITH_BODY, 'blocked'),
  },
})

const STATUS = {
  proposed: 202,
  awaiting_approval: 202,
  changes_requested: 202,
  running: 202,
  executed: 201,
  observed: 200,
  stopped: 200,
  rejected: 200,
  expired: 200,
  cancelled: 200,
  undone: 200,
  blocked: 422,
} as const satisfies Record<PlanView['state'], 200 | 201 | 202 | 422>

export const proposePlanRoute = ({ gate }: { readonly gate: Pick<Gate, 'proposePlan'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const once = { key: c.req.valid('header')['Idempotency-Key'], bodyDigest: bodyDigest(await c.req.json()) }
    const proposed = await gate.proposePlan(c.var.actor, toPlan(c.req.valid('json')), once)
    if (!proposed.ok) return problem(c, proposed.error, REFUSALS)
    const { plan, replayed } = proposed.value
    c.header('location', planPath(plan.id))
    if (replayed) c.header('idempotent-replayed', 'true')
    const answer = representPlan(plan, c.var.publicUrl)
    const status = STATUS[plan.state]
    if (status !== 422) return c.json(answer, replayed ? 200 : status)
    return ownProblem(c, 'blocked', { detail: 'A guardrail blocked a step of the plan.', evidence: { plan: answer } })
  })

function toPlan(body: z.infer<typeof PlanBody>): PlanProposal {
  return given({
    title: body.title,
    steps: body.steps.map(({ kind, input, connection }) => given({ kind, input, connection })),
    reason: body.reason,
    requestedBy: body.requested_by === undefined ? undefined : toRequestedBy(body.requested_by),
    evidence: toEvidence(body.evidence),
    notBefore: body.not_before,
    expiresAt: body.expires_at,
    callbackUrl: body.callback_url,
  })
}
