import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** While it runs, one member may decide what another may. It ends by itself, or earlier by a person. */
export const delegations = pgTable(
  'delegations',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    reason: text('reason'),
    byId: text('by_id').notNull(),
    hands: text('hands').array().notNull().default(sql`'{}'`),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (t) => [index('delegations_latest').on(t.workspaceId, t.endsAt)],
)
