import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** Which Slack message shows what; claimed before it is posted, because Slack has no idempotency key. */
export const messages = pgTable(
  'messages',
  {
    workspaceId: workspaceId(),
    subject: text('subject').notNull(),
    slot: text('slot').notNull(),
    channel: text('channel'),
    ts: text('ts'),
    digest: text('digest'),
    claimedAt: instant('claimed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.subject, t.slot] }),
    index('messages_place').on(t.workspaceId, t.channel, t.ts),
  ],
)
