import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { ROLES } from '../../domain/people.ts'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { MemberSchema, representMember } from '../represent/member.ts'
import { given, jsonBody, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { LimitsBody, limitsFrom } from './limits-body.ts'

const REFUSALS = REFUSALS_OF.addMember

const MemberBody = z
  .strictObject({
    name: text(200),
    email: z.email().max(320).openapi({ example: 'approver@example.com' }),
    role: z.enum(ROLES),
    slack_user_id: z
      .string()
      .regex(/^[UW][A-Z0-9]{2,30}$/, 'must be a Slack user id')
      .optional(),
    limits: LimitsBody.nullable()
      .optional()
      .openapi({ description: 'What they may approve; absent: as much as whoever adds them can give' }),
  })
  .openapi('MemberRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/members',
  operationId: 'addMember',
  tags: ['Members'],
  summary: 'Add a person',
  request: { body: { required: true, content: jsonBody(MemberBody) } },
  responses: {
    201: {
      description: 'The member, and a token that is shown once',
      content: jsonBody(z.object({ member: MemberSchema, token: z.string() })),
    },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const addMemberRoute = ({ gate }: { readonly gate: Pick<Gate, 'addMember'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { name, email, role, slack_user_id: slackUserId, limits: wanted } = c.req.valid('json')
    const limits = wanted && limitsFrom(wanted)
    const added = await gate.addMember(c.var.actor, given({ name, email, role, slackUserId, limits }))
    if (!added.ok) return problem(c, added.error, REFUSALS)
    return c.json({ member: representMember(added.value.member), token: added.value.token }, 201)
  })
