import { sql } from 'drizzle-orm'
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
    /** Who had a token of theirs issued, and in whose hands that one's was; empty: nobody but themselves. */
    tokenHands: text('token_hands').array().notNull().default(sql`'{}'`),
    /** When they took one in Slack, from which on those hold the old one only. */
    tokenOwnSince: instant('token_own_since'),
    /** Those before the present one that somebody replaced: in whose hands they were, and until when. */
    formerTokens: jsonb('former_tokens').notNull().default(sql`'[]'`),
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
