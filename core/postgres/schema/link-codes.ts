import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** One-time codes by which a member claims a Slack user; only the digest is kept. */
export const linkCodes = pgTable('link_codes', {
  codeHash: text('code_hash').primaryKey(),
  workspaceId: workspaceId(),
  memberId: text('member_id').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})
