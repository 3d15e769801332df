import { integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What people are told about trust, each once; some ask something back. */
export const notices = pgTable(
  'notices',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    kind: text('kind').notNull(),
    /** What it is about; nobody is told the same twice. */
    once: text('once').notNull(),
    version: integer('version').notNull(),
    body: jsonb('body').notNull(),
    at: instant('at').notNull(),
    answeredAt: instant('answered_at'),
    byId: text('by_id'),
    answer: text('answer'),
  },
  (t) => [uniqueIndex('notices_once').on(t.workspaceId, t.kind, t.once)],
)
