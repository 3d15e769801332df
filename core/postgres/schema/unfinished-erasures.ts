import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What named a person who was forgotten and had not ended: an action or a plan, which loses its words when it has. */
export const unfinishedErasures = pgTable(
  'unfinished_erasures',
  { workspaceId: workspaceId(), subject: text('subject').notNull(), at: instant('at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject] })],
)
