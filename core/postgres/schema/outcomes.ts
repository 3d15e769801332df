import { doublePrecision, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { actions } from './actions.ts'
import { instant, workspaceId } from './columns.ts'

/** Measured results of actions; what is measured again is another row. */
export const outcomes = pgTable(
  'outcomes',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    actionId: text('action_id')
      .notNull()
      .references(() => actions.id),
    metric: text('metric').notNull(),
    value: doublePrecision('value').notNull(),
    measuredAt: instant('measured_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    byId: text('by_id').notNull(),
  },
  (t) => [
    uniqueIndex('outcomes_once').on(t.actionId, t.metric, t.measuredAt),
    index('outcomes_newest').on(t.workspaceId, t.actionId),
  ],
)
