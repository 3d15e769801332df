import { z } from 'zod'
import { CATEGORIES } from '../domain/category.ts'
import { METRIC } from '../domain/trust/benchmarks.ts'
import { ApprovalsPolicySchema } from './approvals-policy.ts'
import { Minor } from './guardrails/amount.ts'
import { BudgetSchema } from './guardrails/budget.ts'
import { SECTIONS, type SectionName } from './sections.ts'
import { markOf, WhenSchema } from './scope.ts'

const Metric = z.string().regex(METRIC, 'is a word like open_rate')
const LevelNumber = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])

// safe: the same names, each with its own section's schema, made optional
const sections = Object.fromEntries(
  Object.entries(SECTIONS).map(([name, { schema }]) => [name, schema.optional()]),
) as unknown as { readonly [N in SectionName]: z.ZodOptional<(typeof SECTIONS)[N]['schema']> }

/** The rules, which stand at the top of a policy or in one of its scopes. */
const rules = {
  ...sections,
  budget: BudgetSchema.optional(),
  /**
   * Who may be messaged. `consent: required`: only who agreed; otherwise everybody who did not withdraw. `most`: at most
   * so many messages to one person in so many days, on all channels and from all agents together.
   */
  recipients: z
    .strictObject({
      consent: z.enum(['required', 'not_suppressed']).optional(),
      most: z.strictObject({ messages: z.int().min(1).max(1000), days: z.int().min(1).max(366) }).optional(),
    })
    .optional(),
  /** Rules that only say what they would have done: their sections, or one of them by its own name. */
  warn_only: z.array(z.string().min(1).max(100)).max(100).optional(),
}

/** Rules that hold where `when` says: of limits the most specific wins, denials win over all, every budget holds. */
export const ScopeSchema = z.strictObject({ name: z.string().min(1).max(80).optional(), when: WhenSchema, ...rules })
export type Scope = z.infer<typeof ScopeSchema>

/**
 * A workspace's guardrails. Amounts are minor units (cents) of the workspace's currency. Two numbers a limit:
 * `ask_above` (beyond it a person decides) and `cap` (nobody below owner passes it).
 */
export const PolicySchema = z.strictObject({
  ...rules,
  scopes: z.array(ScopeSchema).max(1000).optional(),
  /** What one person reached costs, by kind: the platform's price per recipient. */
  cost_per_person: z.record(z.string(), Minor).optional(),
  /** What one unit of another currency is worth in the workspace's; amounts without a rate are refused. */
  currency_rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive()).optional(),
  /** Types of situations that are earned one by one, told apart by words in the text; the first that matches counts. */
  scenarios: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9_]{1,40}$/),
        kinds: z.array(z.string()).optional(),
        words: z.array(z.string().min(1).max(200)).min(1).max(100),
      }),
    )
    .max(100)
    .optional(),
  /** What good looks like: the average of a measured result over a period, by category, within a floor and a ceiling. */
  benchmarks: z
    .array(
      z
        .strictObject({
          category: z.enum(CATEGORIES),
          metric: Metric,
          floor: z.number().optional(),
          ceiling: z.number().optional(),
          period: z.enum(['week', 'month']).default('month'),
        })
        .refine(({ floor, ceiling }) => floor !== undefined || ceiling !== undefined, 'needs a floor or a ceiling')
        .refine(({ floor = -Infinity, ceiling = Infinity }) => floor <= ceiling, 'its floor lies above its ceiling'),
    )
    .max(100)
    .optional(),
  /** What share succeeds today, 0 to 1, by category: autonomy has to be better than that. Above 0.98 it cannot be shown. */
  baselines: z.partialRecord(z.enum(CATEGORIES), z.number().min(0).max(1)).optional(),
  /** Which categories are alike, 0 to 1: competence in the one is a head start of the score in the other, never a level. */
  similar: z
    .array(
      z.strictObject({
        category: z.enum(CATEGORIES),
        from: z.enum(CATEGORIES),
        similarity: z.number().min(0).max(1),
      }),
    )
    .max(100)
    .optional(),
  /** The highest level the policy allows, by category. */
  levels: z.partialRecord(z.enum(CATEGORIES), LevelNumber).optional(),
  /** Hold before a held effect goes out at levels 4 and 5, in minutes (default 60), and at level 3 (default 1440). */
  hold_minutes: z
    .strictObject({ notify: z.int().min(0).max(1440).optional(), report: z.int().min(0).max(60).optional() })
    .optional(),
  /** How many of what ran at levels 4 and 5 people are asked to look at in a week, drawn by lot (default 3). */
  audits_per_week: z.int().min(3).max(50).optional(),
  /** Changes of the policy need a second person, who may do what they do. */
  policy_changes: z.strictObject({ second_person: z.boolean() }).optional(),
  /** A member may approve what they proposed themselves below this amount; four-eyes when absent. */
  own_approval_below: Minor.optional(),
  approvals: ApprovalsPolicySchema.optional(),
})

export type PolicyDocument = z.infer<typeof PolicySchema>

/** A policy that is put in force from now on: two scopes with the same `when` would count into one budget. */
export const GivenPolicySchema = PolicySchema.superRefine(({ scopes = [] }, context) => {
  const marks = new Set<string>()
  for (const [index, { when }] of scopes.entries()) {
    const mark = markOf(when)
    if (marks.has(mark)) {
      const message = 'is the same as that of another scope; put what both say into one'
      context.addIssue({ code: 'custom', path: ['scopes', index, 'when'], message })
    }
    marks.add(mark)
  }
})
