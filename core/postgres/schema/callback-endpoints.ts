import { integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** An address that an agent named, and how it fares. */
export const callbackEndpoints = pgTable(
  'callback_endpoints',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    proposerId: text('proposer_id').notNull(),
    /** Origin and path. */
    url: text('url').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSuccessAt: instant('last_success_at'),
    failingSince: instant('failing_since'),
    failures: integer('failures').notNull().default(0),
    pausedUntil: instant('paused_until'),
    disabledAt: instant('disabled_at'),
    disabledWhy: text('disabled_why'),
  },
  (t) => [uniqueIndex('callback_endpoints_url').on(t.workspaceId, t.proposerId, t.url)],
)
