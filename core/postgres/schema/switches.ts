import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * A stop that is on while `lifted_at` is null, or (mode `review`) a look by people at everything until a time; rows of the installation carry the
 * workspace `*`.
 */
export const switches = pgTable('switches', {
  id: text('id').primaryKey(),
  workspaceId: text('workspace_id').notNull(),
  mode: text('mode').notNull().default('stop'),
  /** Of a review: when it ends by itself. */
  until: instant('until'),
  targetKind: text('target_kind').notNull(),
  targetValue: text('target_value'),
  reason: text('reason'),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: instant('at').notNull(),
  liftedAt: instant('lifted_at'),
  liftedBy: text('lifted_by'),
  liftedReason: text('lifted_reason'),
})
