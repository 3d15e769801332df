import { z } from '@hono/zod-openapi'
import type { ApproverLimits } from '../../domain/approver-limits.ts'
import { CATEGORIES, CHANNELS } from '../../domain/category.ts'
import { ROLES } from '../../domain/people.ts'
import type { MemberView } from '../../gate/views.ts'
import { Instant, instant } from './values.ts'

const LimitsSchema = z
  .object({
    categories: z.array(z.enum(CATEGORIES)).nullable(),
    channels: z.array(z.enum(CHANNELS)).nullable(),
    amount_minor: z.int().nullable(),
  })
  .openapi('ApproverLimits')

export const MemberSchema = z
  .object({
    id: z.string().openapi({ example: 'mem_01' }),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    slack_user_id: z.string().nullable(),
    limits: LimitsSchema.nullable().openapi({ description: 'What they may approve; null: whatever their role may' }),
    disabled_at: Instant.nullable(),
  })
  .openapi('Member')

export function representMember(view: MemberView): z.infer<typeof MemberSchema> {
  return {
    id: view.id,
    name: view.name,
    email: view.email,
    role: view.role,
    slack_user_id: view.slackUserId,
    limits: view.limits && representLimits(view.limits),
    disabled_at: instant(view.disabledAt),
  }
}

const representLimits = ({ categories, channels, amountMinor }: ApproverLimits): z.infer<typeof LimitsSchema> => ({
  categories: categories ? [...categories] : null,
  channels: channels ? [...channels] : null,
  amount_minor: amountMinor ?? null,
})
