import { z } from 'zod'
import { CATEGORIES, CHANNELS } from '../domain/category.ts'
import { METRIC } from '../domain/trust/benchmarks.ts'
import { ApprovalsPolicySchema } from './approvals-policy.ts'

const Minor = z.int().min(0)
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Metric = z.string().regex(METRIC, 'is a word like open_rate')
const LevelNumber = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])

/**
 * A workspace's guardrails. Amounts are minor units (cents) of the workspace's currency. Two numbers a limit:
 * `ask_above` (beyond it a person decides) and `cap` (nobody below owner passes it).
 */
export const PolicySchema = z.strictObject({
  amount: z.strictObject({ ask_above: Minor.optional(), cap: Minor.optional() }).optional(),
  budget: z.strictObject({ day: z.strictObject({ ask_above: Minor.optional(), cap: Minor }) }).optional(),
  /** What one person reached costs, by kind: the platform's price per recipient. */
  cost_per_person: z.record(z.string(), Minor).optional(),
  /** Allowed kinds; absent: all. A trailing `*` stands for the rest (`hubspot.*`). */
  kinds: z.strictObject({ allow: z.array(z.string()).optional(), deny: z.array(z.string()).optional() }).optional(),
  channels: z.strictObject({ allow: z.array(z.enum(CHANNELS)) }).optional(),
  blocked_words: z.array(z.string().min(1).max(200)).max(1000).optional(),
  /** In the workspace's time zone; may cross midnight. Applies to what reaches people. */
  quiet_hours: z.strictObject({ from: Clock, to: Clock, outcome: z.enum(['ask', 'block']).default('ask') }).optional(),
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
  /** A member may approve what they proposed themselves below this amount; four-eyes when absent. */
  own_approval_below: Minor.optional(),
  approvals: ApprovalsPolicySchema.optional(),
})

export type PolicyDocument = z.infer<typeof PolicySchema>
