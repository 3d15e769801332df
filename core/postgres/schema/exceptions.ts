import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

export const exceptions = pgTable(
  'exceptions',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    actionId: text('action_id'),
    source: text('source').notNull(),
    says: text('says').notNull(),
    options: text('options').array().notNull(),
    openedAt: instant('opened_at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: text('resolved_by'),
    resolution: text('resolution'),
  },
  (t) => [index('exceptions_action').on(t.actionId)],
)
