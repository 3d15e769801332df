import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { RebuiltSchema, representRebuilt } from '../represent/trust.ts'
import { jsonBody } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.rebuildTrust

const route = createRoute({
  method: 'post',
  path: '/v1/trust/rebuild',
  operationId: 'rebuildTrust',
  tags: ['Trust'],
  summary: 'Recompute trust from the ledger',
  description: 'Nothing moves meanwhile. What was right comes out the same. An admin may.',
  responses: {
    200: { description: 'How much there was, and what was put right', content: jsonBody(RebuiltSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const rebuildTrustRoute = ({ gate }: { readonly gate: Pick<Gate, 'rebuildTrust'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const rebuilt = await gate.rebuildTrust(c.var.actor)
    if (!rebuilt.ok) return problem(c, rebuilt.error, REFUSALS)
    return c.json(representRebuilt(rebuilt.value), 200)
  })
