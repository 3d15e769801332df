import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** Second persons who agreed to a version of the guardrails that waited for one. */
export const policyConfirmations = pgTable(
  'policy_confirmations',
  {
    workspaceId: workspaceId(),
    version: integer('version').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version, t.byId] })],
)
