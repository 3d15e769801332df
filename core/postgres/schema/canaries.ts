import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Values that a readiness check writes and reads back, to see that nothing between us and the database answers from a cache. */
export const canaries = pgTable('canaries', {
  probe: text('probe').primaryKey(),
  value: integer('value').notNull(),
  writtenAt: instant('written_at').notNull(),
})
