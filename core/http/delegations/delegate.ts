import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { DelegationSchema, representDelegation } from '../represent/delegation.ts'
import { bodyId, FutureInstant, given, jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.delegate

const Day = z.iso.date().openapi({ example: '2026-03-05' })
const DayOrInstant = z
  .union([Day, FutureInstant], { error: 'must be a day, or an instant with its offset' })
  .openapi({ type: 'string', description: 'A day in the zone of the workspace, or an instant', example: '2026-03-05' })

const DelegationBody = z
  .strictObject({
    from: bodyId('mem').optional().openapi({ description: 'Who is away; absent: yourself' }),
    to: bodyId('mem').openapi({ description: 'Who decides meanwhile' }),
    starts: DayOrInstant.optional().openapi({ description: 'From the beginning of that day; absent: now' }),
    ends: DayOrInstant.openapi({ description: 'To the end of that day' }),
    reason: text(500).optional(),
  })
  .openapi('DelegationRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/delegations',
  operationId: 'delegate',
  tags: ['Members'],
  summary: 'Let somebody decide for a person who is away',
  description: 'They may decide what that person may, never more, and it ends by itself.',
  request: { body: { required: true, content: jsonBody(DelegationBody) } },
  responses: {
    201: { description: 'The delegation', content: jsonBody(DelegationSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const delegateRoute = ({ gate }: { readonly gate: Pick<Gate, 'delegate'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { from, to, starts, ends, reason } = c.req.valid('json')
    const made = await gate.delegate(c.var.actor, { to, ends, ...given({ from, starts, reason }) })
    if (!made.ok) return problem(c, made.error, REFUSALS)
    return c.json(representDelegation(made.value), 201)
  })
