import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { ROLES } from '../../domain/people.ts'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { MemberSchema, representMember } from '../represent/member.ts'
import { given, jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'
import { LimitsBody, limitsFrom } from './limits-body.ts'

const REFUSALS = REFUSALS_OF.changeMember

const ChangeBody = z
  .strictObject({
    role: z.enum(ROLES).optional().openapi({ description: 'Only an owner changes roles' }),
    limits: LimitsBody.nullable().optional().openapi({ description: 'What they may approve; null: none any more' }),
    disabled: z.boolean().optional().openapi({ description: 'Whether they left; their token stops working at once' }),
  })
  .openapi('MemberChange')

const route = createRoute({
  method: 'patch',
  path: '/v1/members/{id}',
  operationId: 'changeMember',
  tags: ['Members'],
  summary: 'Change what a person may do',
  request: { params: pathId('mem'), body: { required: true, content: jsonBody(ChangeBody) } },
  responses: {
    200: { description: 'The member as it is now', content: jsonBody(MemberSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const changeMemberRoute = ({ gate }: { readonly gate: Pick<Gate, 'changeMember'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { role, limits: wanted, disabled } = c.req.valid('json')
    const limits = wanted && limitsFrom(wanted)
    const changed = await gate.changeMember(c.var.actor, c.req.valid('param').id, given({ role, limits, disabled }))
    if (!changed.ok) return problem(c, changed.error, REFUSALS)
    return c.json(representMember(changed.value), 200)
  })
