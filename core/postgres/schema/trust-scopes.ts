import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { workspaceId } from './columns.ts'

/** What of a scope's trust changes rarely; written only when it does. */
export const trustScopes = pgTable(
  'trust_scopes',
  {
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    /** The tier with its margins, and the best that was ever held. */
    tier: jsonb('tier').notNull(),
    penalty: jsonb('penalty').notNull(),
    /** Full review of the category, where it began. */
    lock: jsonb('lock'),
    /** The newest day of a decision, in days since 1970-01-01. */
    lastDay: integer('last_day').notNull(),
    /** What the demotions of the last day took, while an outside reason may restore it. */
    drops: jsonb('drops'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scope] })],
)
