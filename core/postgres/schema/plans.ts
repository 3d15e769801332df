import { integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

export const plans = pgTable(
  'plans',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    proposerId: text('proposer_id').notNull(),
    title: text('title').notNull(),
    reason: text('reason').notNull(),
    requestedBy: jsonb('requested_by'),
    steps: integer('steps').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    bodyDigest: text('body_digest').notNull(),
    proposedAt: instant('proposed_at').notNull(),
  },
  (t) => [uniqueIndex('plans_idempotency').on(t.workspaceId, t.proposerId, t.idempotencyKey)],
)
