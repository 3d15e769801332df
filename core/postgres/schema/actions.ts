import { sql } from 'drizzle-orm'
import { boolean, doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What was proposed, by whom and why; never changed. Where it stands is in `action_states`. */
export const actions = pgTable(
  'actions',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    /** An agent's or a member's id. */
    proposerId: text('proposer_id').notNull(),
    proposerName: text('proposer_name').notNull(),
    agentId: text('agent_id'),
    kind: text('kind').notNull(),
    platform: text('platform').notNull(),
    connectionId: text('connection_id').notNull(),
    category: text('category').notNull(),
    channel: text('channel').notNull(),
    scenario: text('scenario').notNull(),
    reason: text('reason').notNull(),
    requestedBy: jsonb('requested_by'),
    evidence: jsonb('evidence').notNull(),
    agentCost: jsonb('agent_cost'),
    confidence: doublePrecision('confidence'),
    question: jsonb('question'),
    labels: jsonb('labels').notNull(),
    fingerprint: jsonb('fingerprint').notNull(),
    slotAt: instant('slot_at'),
    givenExpiry: instant('given_expiry'),
    supersedes: text('supersedes'),
    planId: text('plan_id'),
    step: integer('step'),
    steps: integer('steps'),
    callbackUrl: text('callback_url'),
    dryRun: boolean('dry_run').notNull().default(false),
    idempotencyKey: text('idempotency_key').notNull(),
    bodyDigest: text('body_digest').notNull(),
    proposedAt: instant('proposed_at').notNull(),
  },
  (t) => [
    uniqueIndex('actions_idempotency').on(t.workspaceId, t.proposerId, t.idempotencyKey),
    index('actions_newest').on(t.workspaceId, t.id),
    index('actions_plan').on(t.planId).where(sql`plan_id is not null`),
  ],
)
