import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { isResting } from '../../domain/action-states.ts'
import type { Gate } from '../../gate/gate.ts'
import type { ActionView } from '../../gate/views.ts'
import { bodyDigest } from '../body-digest.ts'
import type { HttpEnv } from '../http-env.ts'
import { preferredWaitSeconds } from '../prefer-wait.ts'
import { ownProblem, problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { actionPath, representAction } from '../represent/action.ts'
import { ActionSchema } from '../represent/action-schema.ts'
import { IdempotencyKey, jsonBody } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { ProposalBody, toProposal } from './proposal-body.ts'
import { statusOfProposed } from './status-of-state.ts'

const REFUSALS = REFUSALS_OF.proposeAction

const route = createRoute({
  method: 'post',
  path: '/v1/actions',
  operationId: 'proposeAction',
  tags: ['Actions'],
  summary: 'Propose an action',
  description:
    'Proposes one write. `Prefer: wait=N` waits up to N seconds (30 at most) for the next resting state; the status is that of the state reached.',
  request: { headers: IdempotencyKey, body: { required: true, content: jsonBody(ProposalBody) } },
  responses: {
    200: {
      description: 'Observed, a dry run, a repeat of the same key, or ended by a person',
      content: jsonBody(ActionSchema),
    },
    201: { description: 'Executed', content: jsonBody(ActionSchema) },
    202: { description: 'Waiting, planned, on its way, or being looked into', content: jsonBody(ActionSchema) },
    ...problems(...REFUSALS, ...WITH_BODY, 'blocked'),
  },
})

export type ProposeDeps = {
  readonly gate: Pick<Gate, 'proposeAction' | 'awaitResting'>
  /** The longest that this runtime can keep a request waiting; 30 where absent. */
  readonly mostWaitSeconds?: number
}

export const proposeActionRoute = ({ gate, mostWaitSeconds }: ProposeDeps) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const once = { key: c.req.valid('header')['Idempotency-Key'], bodyDigest: bodyDigest(await c.req.json()) }
    const proposed = await gate.proposeAction(c.var.actor, toProposal(c.req.valid('json')), once)
    if (!proposed.ok) return problem(c, proposed.error, REFUSALS)
    const action = await rested(c, gate, proposed.value.action, mostWaitSeconds)
    c.header('location', actionPath(action.id))
    if (proposed.value.replayed) c.header('idempotent-replayed', 'true')
    const status = statusOfProposed(action, proposed.value.replayed)
    const answer = representAction(action, c.var.publicUrl)
    if (status !== 422) return c.json(answer, status)
    const reasons = action.verdict?.reasons.filter(({ outcome }) => outcome === 'block') ?? []
    const detail = reasons.map(({ text }) => text).join(' ') || 'A guardrail blocked it.'
    return ownProblem(c, 'blocked', { detail, evidence: { action: answer } })
  })

/** What was stored is answered whatever becomes of the wait. */
async function rested(
  c: Context<HttpEnv>,
  gate: Pick<Gate, 'awaitResting'>,
  action: ActionView,
  most: number | undefined,
): Promise<ActionView> {
  const seconds = preferredWaitSeconds(c.req.header('prefer'), most)
  if (seconds === null) return action
  c.header('preference-applied', `wait=${seconds}`)
  if (seconds === 0 || isResting(action.state)) return action
  const waited = await gate.awaitResting(c.var.actor, action.id, seconds * 1000)
  return waited.ok ? waited.value : action
}
