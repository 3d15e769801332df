import { z } from 'zod'
import { canonicalJson } from '../domain/canonical.ts'
import { CATEGORIES, CHANNELS, type Category, type Channel } from '../domain/category.ts'
import { ROLES } from '../domain/people.ts'
import type { PeopleRule } from '../domain/several-approvals.ts'

const Hours = z
  .number()
  .positive()
  .max(24 * 60)

const PeopleNeeded = z.strictObject({
  categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
  channels: z.array(z.enum(CHANNELS)).min(1).optional(),
  kinds: z.array(z.string()).min(1).optional(),
  /** Minor units; it holds for what costs more. */
  amount_above: z.int().min(0).optional(),
  /** It holds for what reaches more people. */
  people_above: z.int().min(0).optional(),
  people: z.int().min(2).max(5),
  /** Only their approvals count; absent: everybody's who may decide. */
  roles: z.array(z.enum(ROLES)).min(1).optional(),
})

const Escalation = z.strictObject({
  after_hours: Hours,
  to: z.union([z.enum(['approver', 'admin', 'owner']), z.email()]),
})

/** How many people decide, whom a waiting card turns to, and how long it may wait. */
export const ApprovalsPolicySchema = z.strictObject({
  people_needed: z.array(PeopleNeeded).max(50).optional(),
  /** Nobody approves what they proposed or asked for, or what an agent of theirs proposed. */
  four_eyes: z.boolean().optional(),
  /** Whom a waiting card turns to, each once; in hours since it began to wait. */
  escalation: z
    .array(Escalation)
    .max(10)
    .refine((steps) => steps.every((step, i) => i === 0 || step.after_hours > (steps[i - 1]?.after_hours ?? 0)), {
      error: 'each step comes later than the one before it',
    })
    .optional(),
  /** Within how many hours a card should be decided. */
  sla_hours: Hours.optional(),
})

export type ApprovalsPolicy = z.infer<typeof ApprovalsPolicySchema>

export type ToApprove = {
  readonly category: Category
  readonly channel: Channel
  readonly kind: string
  /** Minor units. */
  readonly amountMinor: number
  readonly people: number
}

/** Every rule that asks for more than one person here; empty: one is enough. All of them have to be met. */
export function peopleRulesFor(approvals: ApprovalsPolicy | undefined, it: ToApprove): readonly PeopleRule[] {
  return (approvals?.people_needed ?? [])
    .filter(
      (rule) =>
        (rule.categories?.includes(it.category) ?? true) &&
        (rule.channels?.includes(it.channel) ?? true) &&
        (rule.kinds?.some((kind) => fits(kind, it.kind)) ?? true) &&
        (rule.amount_above === undefined || it.amountMinor > rule.amount_above) &&
        (rule.people_above === undefined || it.people > rule.people_above),
    )
    .map(({ people, roles }) => ({ people, roles: roles ?? null }))
}

/** A trailing `*` stands for the rest, as in the list of allowed kinds. */
const fits = (pattern: string, kind: string): boolean =>
  pattern.endsWith('*') ? kind.startsWith(pattern.slice(0, -1)) : kind === pattern

/**
 * Whether fewer people look than before: four eyes ended, or a rule for several people is gone or asks for less. A rule
 * counts as kept where one with the same conditions asks for as many, of no wider a choice of roles.
 */
export function loosensApprovals(before: ApprovalsPolicy | undefined, after: ApprovalsPolicy | undefined): boolean {
  if (before?.four_eyes === true && after?.four_eyes !== true) return true
  return (before?.people_needed ?? []).some(
    (was) => !(after?.people_needed ?? []).some((is) => conditionsOf(is) === conditionsOf(was) && asksAsMuch(was, is)),
  )
}

type Rule = z.infer<typeof PeopleNeeded>

const asksAsMuch = (was: Rule, is: Rule): boolean =>
  is.people >= was.people &&
  (was.roles === undefined || (is.roles !== undefined && is.roles.every((role) => was.roles?.includes(role))))

const conditionsOf = ({ people: _people, roles: _roles, ...conditions }: Rule): string => canonicalJson(conditions)
