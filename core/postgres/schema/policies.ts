import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** Every version of a workspace's guardrails; `control.policy_version` names the one in force. */
export const policies = pgTable(
  'policies',
  {
    workspaceId: workspaceId(),
    version: integer('version').notNull(),
    document: jsonb('document').notNull(),
    hash: text('hash').notNull(),
    byName: text('by_name').notNull(),
    note: text('note'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
)
