import { TOPICS } from '../../domain/decision.ts'
import { z } from '@hono/zod-openapi'
import { STATES } from '../../domain/action-states.ts'
import { CATEGORIES, CHANNELS } from '../../domain/category.ts'
import { DECISIONS_KEPT, SEVERITIES } from '../../domain/decision.ts'
import { ExceptionSchema } from './exception.ts'
import { SwitchSchema } from './switch.ts'
import { DifferenceSchema, Instant, MoneySchema, VerdictReasonSchema } from './values.ts'

export const StateSchema = z.enum(STATES).openapi('State')
export const CategorySchema = z.enum(CATEGORIES).openapi('Category')

const Level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
export const LevelSchema = Level.openapi('Level', { type: 'integer', enum: [1, 2, 3, 4, 5] })
/** Spelt out: a named schema made nullable is published as one that null does not fit. */
export const LevelOrNull = Level.nullable().openapi({ type: ['integer', 'null'], enum: [1, 2, 3, 4, 5, null] })

const LevelInForceSchema = z
  .object({
    in_force: LevelSchema,
    bound_by: z.enum(['grant', 'no_grant', 'agent_change', 'idle', 'tier', 'ceiling', 'policy', 'lock', 'review']),
    grant: LevelOrNull,
    tier: z.enum(['review', 'notify', 'autonomous']).nullable(),
    ceiling: LevelSchema,
    why: z.string(),
  })
  .openapi('LevelInForce')

export const VerdictSchema = z
  .object({ outcome: z.enum(['pass', 'warn', 'ask', 'block']), reasons: z.array(VerdictReasonSchema) })
  .openapi('Verdict')

const PreviewSchema = z
  .object({
    title: z.string(),
    lines: z.array(z.object({ label: z.string(), value: z.string() })),
    image_url: z.string().optional(),
    open_url: z.string().optional(),
  })
  .openapi('Preview')

const DecisionSchema = z
  .object({
    decision: z.enum(DECISIONS_KEPT),
    by: z.object({ id: z.string(), name: z.string() }),
    on_behalf_of: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'The member who is away, whose right it was' }),
    at: Instant,
    payload_hash: z.string(),
    severity: z.enum(SEVERITIES).nullable(),
    reason: z.string().nullable(),
    outside: z.boolean(),
    changes: z.array(DifferenceSchema),
  })
  .openapi('Decision')

const ApprovalsSchema = z
  .object({
    needed: z.int(),
    missing: z.int(),
    given: z.array(z.object({ id: z.string(), name: z.string(), at: Instant })),
    says: z.string().openapi({ example: '1 of 2: Ann approved, one more needed.' }),
  })
  .openapi('Approvals')

const RequestedBySchema = z.object({
  member: z.string(),
  words: z.string().optional(),
  thread: z.object({ channel: z.string(), ts: z.string() }).optional(),
})

const LinksSchema = z.object({
  self: z.string(),
  decisions: z.string(),
  undo: z.string(),
  snooze: z.string(),
  test: z.string().nullable(),
  plan: z.string().nullable(),
})

export const ActionSchema = z
  .object({
    id: z.string().openapi({ example: 'act_01' }),
    state: StateSchema,
    version: z.int(),
    next: z.string().nullable().openapi({ description: 'What the proposer does now, in so many words' }),
    kind: z.string().openapi({ example: 'mailchimp.campaign.send' }),
    kind_title: z.string(),
    platform: z.string(),
    connection: z.object({ name: z.string(), sandbox: z.boolean() }),
    category: CategorySchema,
    channel: z.enum(CHANNELS),
    scope: z.string(),
    scenario: z.string(),
    band: z.enum(['small', 'medium', 'large']).nullable(),
    level: LevelInForceSchema.nullable(),
    verdict: VerdictSchema.nullable(),
    preview: PreviewSchema,
    input: z.record(z.string(), z.unknown()),
    payload_hash: z.string().nullable(),
    policy_version: z.int(),
    effect: z.object({ repeat: z.enum(['safe', 'keyed', 'unsafe']), preparing: z.boolean() }),
    undo: z.object({ class: z.enum(['exact', 'compensating', 'held', 'none']), until: Instant.nullable() }),
    reach: z.object({ people: z.int(), list_size: z.int().nullable(), amount: MoneySchema.nullable() }).nullable(),
    agent: z.object({ id: z.string().nullable(), name: z.string() }),
    reason: z.string(),
    requested_by: RequestedBySchema.nullable(),
    evidence: z.array(z.object({ label: z.string(), url: z.string() })),
    confidence: z.number().nullable(),
    question: z.object({ about: z.enum(TOPICS), says: z.string() }).nullable(),
    agent_cost: MoneySchema.nullable(),
    dry_run: z.boolean(),
    proposed_at: Instant,
    slot_at: Instant.nullable().openapi({ description: 'When it is carried out; null: as soon as it may' }),
    expires_at: Instant.nullable(),
    hold_until: Instant.nullable(),
    snoozed_until: Instant.nullable(),
    reminders: z.int(),
    escalated: z.boolean(),
    decisions: z.array(DecisionSchema),
    approvals: ApprovalsSchema.nullable().openapi({ description: 'Where more than one person has to approve it' }),
    note: z.string().nullable(),
    differences: z.array(DifferenceSchema),
    preflight: z.array(z.string()),
    receipt: z.object({ reference: z.string(), open_url: z.string().nullable() }).nullable(),
    executed_at: Instant.nullable(),
    undone_at: Instant.nullable(),
    supersedes: z.string().nullable(),
    superseded_by: z.string().nullable(),
    changes: z.array(DifferenceSchema),
    plan: z.object({ id: z.string(), step: z.int(), steps: z.int() }).nullable(),
    exception: ExceptionSchema.nullable(),
    frozen_by: SwitchSchema.nullable(),
    links: LinksSchema,
  })
  .openapi('Action')

export type ActionAnswer = z.infer<typeof ActionSchema>
