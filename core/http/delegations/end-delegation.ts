import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { DelegationSchema, representDelegation } from '../represent/delegation.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.endDelegation

const route = createRoute({
  method: 'delete',
  path: '/v1/delegations/{id}',
  operationId: 'endDelegation',
  tags: ['Members'],
  summary: 'End a delegation before its time',
  request: { params: pathId('dlg') },
  responses: {
    200: { description: 'The delegation, over', content: jsonBody(DelegationSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const endDelegationRoute = ({ gate }: { readonly gate: Pick<Gate, 'endDelegation'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const ended = await gate.endDelegation(c.var.actor, c.req.valid('param').id)
    if (!ended.ok) return problem(c, ended.error, REFUSALS)
    return c.json(representDelegation(ended.value), 200)
  })
