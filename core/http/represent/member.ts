import { z } from '@hono/zod-openapi'
import { ROLES } from '../../domain/people.ts'
import type { MemberView } from '../../gate/views.ts'

export const MemberSchema = z
  .object({
    id: z.string().openapi({ example: 'mem_01' }),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    slack_user_id: z.string().nullable(),
  })
  .openapi('Member')

export function representMember(view: MemberView): z.infer<typeof MemberSchema> {
  return { id: view.id, name: view.name, email: view.email, role: view.role, slack_user_id: view.slackUserId }
}
