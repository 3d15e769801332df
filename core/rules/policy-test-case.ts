import { DateTime } from 'luxon'
import { z } from 'zod'
import { CATEGORIES, CHANNELS } from '../domain/category.ts'
import { Minor } from './guardrails/amount.ts'

const Words = z.string().min(1).max(200)
const Texts = z.string().max(50_000)

/** A day and a time, in the workspace's zone unless it says another: `2026-03-04 22:40`. */
const Moment = z
  .string()
  .transform((written) => written.trim().replace(' ', 'T'))
  .refine((written) => DateTime.fromISO(written, { zone: 'utc' }).isValid, 'is a time like 2026-03-04 22:40')

/** An action as a case describes it; what is left out is what stands in no rule's way. */
const ActionCase = z.strictObject({
  kind: Words,
  /** What people would read. */
  texts: z.union([Texts.transform((text) => [text]), z.array(Texts).max(50)]).default([]),
  people: z.int().min(0).default(1),
  /** Minor units; absent: what the policy says that so many people cost. */
  amount: Minor.optional(),
  /** Absent: a Wednesday at ten in the morning. */
  at: Moment.default('2026-03-04T10:00'),
  category: z.enum(CATEGORIES).optional(),
  channel: z.enum(CHANNELS).optional(),
  segment: Words.optional(),
  regions: z.array(Words).max(50).optional(),
  /** The time zones of the people it reaches. */
  zones: z.array(Words).max(50).optional(),
  campaign: Words.optional(),
  /** The agent's id, as scopes name it; null: a member proposes it. */
  agent: Words.nullable().default('agt_test'),
  confidence: z.number().min(0).max(1).optional(),
  list_size: z.int().min(0).optional(),
  /** The daily budget of its campaign, before and after, in minor units; 30 days of it are its amount. */
  daily_budget: z.strictObject({ before: Minor.default(0), after: Minor }).optional(),
  /** A number on the platform, before and after. */
  change: z.strictObject({ before: z.number(), after: z.number() }).optional(),
  /** What the agent asks a person. */
  question: Words.optional(),
  /** How much of every budget is used already, in minor units. */
  used: Minor.default(0),
  /** How many of the same were proposed in every span of time that a rate counts. */
  ran: z.int().min(0).default(0),
  /** The same payload was rejected, the same text went to the same people, and it is the first time for this audience. */
  rejected_before: z.boolean().default(false),
  sent_before: z.boolean().default(false),
  new_audience: z.boolean().default(false),
  new_channel: z.boolean().default(false),
  /** A measured result that has left its floor or ceiling. */
  missed: z
    .strictObject({
      metric: Words,
      observed: z.number(),
      floor: z.number().optional(),
      ceiling: z.number().optional(),
    })
    .optional(),
})

/** One case beside a policy: an action, what the policy has to say of it, and by which rule. */
export const PolicyTestCase = z.strictObject({
  name: z.string().min(1).max(200),
  action: ActionCase,
  expect: z.enum(['pass', 'warn', 'ask', 'block']),
  /** A section of the policy, or one of its rules by its own name (`amount`, `amount.cap`). */
  because: Words.optional(),
})

export type PolicyTestCase = z.infer<typeof PolicyTestCase>
/** A case as it is written. */
export type WrittenCase = z.input<typeof PolicyTestCase>
