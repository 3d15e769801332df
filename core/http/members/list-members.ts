import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { MemberSchema, representMember } from '../represent/member.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listMembers

const route = createRoute({
  method: 'get',
  path: '/v1/members',
  operationId: 'listMembers',
  tags: ['Members'],
  summary: 'The people of the workspace',
  responses: {
    200: { description: 'Every member', content: jsonBody(listOf(MemberSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listMembersRoute = ({ gate }: { readonly gate: Pick<Gate, 'listMembers'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const members = await gate.listMembers(c.var.actor)
    if (!members.ok) return problem(c, members.error, REFUSALS)
    return c.json({ items: members.value.map(representMember) }, 200)
  })
