import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { representRolloutComparison, RolloutComparisonSchema } from '../represent/rollout-comparison.ts'
import { jsonBody } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.compareRollout

const route = createRoute({
  method: 'get',
  path: '/v1/rollout/{scope}',
  operationId: 'compareRollout',
  tags: ['Rollout'],
  summary: 'Compare what acts by itself with the approvals before it',
  description:
    'What people overrode of what they looked at, before the scope first acted by itself and since; due after four weeks. `rule` says how the verdict is reached.',
  request: {
    params: z.object({
      scope: z
        .string()
        .regex(/^[a-z_]{1,40}\.[a-z]{1,20}$/)
        .openapi({ param: { name: 'scope', in: 'path' }, example: 'crm_update.small' }),
    }),
  },
  responses: {
    200: { description: 'Both sides, and what they come to', content: jsonBody(RolloutComparisonSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const compareRolloutRoute = ({ gate }: { readonly gate: Pick<Gate, 'compareRollout'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const compared = await gate.compareRollout(c.var.actor, c.req.valid('param').scope)
    if (!compared.ok) return problem(c, compared.error, REFUSALS)
    return c.json(representRolloutComparison(compared.value), 200)
  })
