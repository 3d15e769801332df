import { pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** The owner's standing choice that a category may rise by itself up to a level; withdrawn at any time. */
export const standingConsents = pgTable(
  'standing_consents',
  {
    workspaceId: workspaceId(),
    category: text('category').notNull(),
    upTo: smallint('up_to').notNull(),
    byId: text('by_id').notNull(),
    at: instant('at').notNull(),
    /** By a person, or by a demotion in the category. */
    withdrawnAt: instant('withdrawn_at'),
    withdrawnWhy: text('withdrawn_why'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.category] })],
)
