import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** People outside the business whom messages reach; what tells them apart lies in `person_identifiers`. */
export const people = pgTable('people', {
  id: text('id').primaryKey(),
  workspaceId: workspaceId(),
  createdAt: instant('created_at').notNull(),
})
