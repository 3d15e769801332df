import { boolean, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export const workspaces = pgTable('workspaces', {
  workspaceId: text('workspace_id').primaryKey(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  locale: text('locale').notNull(),
  currency: text('currency').notNull(),
  approvalsChannel: text('approvals_channel').notNull(),
  /** The workspace of the installation's operator: its admins may stop everything. */
  home: boolean('home').notNull().default(false),
  createdAt: instant('created_at').notNull(),
})
