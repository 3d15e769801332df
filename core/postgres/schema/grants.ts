import { bigint, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** The level that a person gave a scope. Lowering it bumps the epoch, which recalls what is in flight. */
export const grants = pgTable(
  'grants',
  {
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    level: smallint('level').notNull(),
    epoch: bigint('epoch', { mode: 'number' }).notNull().default(1),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: instant('at').notNull(),
    until: instant('until'),
    reason: text('reason'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scope] })],
)
