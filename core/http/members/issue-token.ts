import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { MemberSchema, representMember } from '../represent/member.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.issueToken

const route = createRoute({
  method: 'post',
  path: '/v1/members/{id}/token',
  operationId: 'issueToken',
  tags: ['Members'],
  summary: 'A new token for another member',
  description: 'The old one stops working at once. For yourself: `/tenure token` in Slack.',
  request: { params: pathId('mem') },
  responses: {
    201: {
      description: 'The member, and the token, which is shown once',
      content: jsonBody(z.object({ member: MemberSchema, token: z.string() })),
    },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const issueTokenRoute = ({ gate }: { readonly gate: Pick<Gate, 'issueToken'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const issued = await gate.issueToken(c.var.actor, c.req.valid('param').id)
    if (!issued.ok) return problem(c, issued.error, REFUSALS)
    return c.json({ member: representMember(issued.value.member), token: issued.value.token }, 201)
  })
