import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

export const agents = pgTable(
  'agents',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    /** Empty: every kind. */
    kinds: text('kinds').array().notNull(),
    keyHash: text('key_hash').notNull(),
    keyPrefix: text('key_prefix').notNull(),
    createdBy: text('created_by'),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (t) => [uniqueIndex('agents_name').on(t.workspaceId, t.name), uniqueIndex('agents_key').on(t.workspaceId, t.keyHash)],
)
