import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
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
    byId: text('by_id'),
    /** The file as it was written; null: it came as JSON. */
    source: text('source'),
    /** Waits for a second person before it can come into force. */
    waits: boolean('waits').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
)
