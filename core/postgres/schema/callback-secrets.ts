import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What signs the callbacks of one proposer; sealed like any credential. */
export const callbackSecrets = pgTable('callback_secrets', {
  ownerId: text('owner_id').primaryKey(),
  workspaceId: workspaceId(),
  current: text('current').notNull(),
  previous: text('previous'),
  /** Until then both sign. */
  previousUntil: instant('previous_until'),
})
