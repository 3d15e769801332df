import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Signatures of inbound requests of the last minutes, so that a recorded one cannot be played again. */
export const seenRequests = pgTable('seen_requests', {
  signature: text('signature').primaryKey(),
  seenAt: instant('seen_at').notNull(),
})
