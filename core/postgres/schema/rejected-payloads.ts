import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** Payloads that a person rejected: the same one is blocked for 30 days. */
export const rejectedPayloads = pgTable(
  'rejected_payloads',
  {
    workspaceId: workspaceId(),
    digest: text('digest').notNull(),
    actionId: text('action_id').notNull(),
    byName: text('by_name').notNull(),
    at: instant('at').notNull(),
    why: text('why'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.digest] })],
)
