import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What people said about an agent's actions, offered back to it; a person may delete a row. */
export const feedback = pgTable(
  'feedback',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    proposerId: text('proposer_id').notNull(),
    actionId: text('action_id').notNull(),
    kind: text('kind').notNull(),
    category: text('category').notNull(),
    decision: text('decision').notNull(),
    severity: text('severity'),
    says: text('says').notNull(),
    changes: jsonb('changes').notNull(),
    advice: text('advice').notNull(),
    byName: text('by_name').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('feedback_newest').on(t.workspaceId, t.proposerId, t.id)],
)
