import { jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

export const members = pgTable(
  'members',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    role: text('role').notNull(),
    slackUserId: text('slack_user_id'),
    tokenHash: text('token_hash'),
    /** What they may approve: categories, channels, an amount; null: whatever their role may. */
    limits: jsonb('limits'),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (t) => [
    uniqueIndex('members_email').on(t.workspaceId, t.email),
    uniqueIndex('members_slack_user').on(t.workspaceId, t.slackUserId),
    uniqueIndex('members_token').on(t.workspaceId, t.tokenHash),
  ],
)
