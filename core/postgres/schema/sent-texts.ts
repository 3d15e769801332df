import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What text went to which audience and when, as digests: for the rules against doing it twice, and for new audiences. */
export const sentTexts = pgTable(
  'sent_texts',
  {
    workspaceId: workspaceId(),
    actionId: text('action_id').primaryKey(),
    text: text('text').notNull(),
    audience: text('audience').notNull(),
    channel: text('channel').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('sent_texts_audience').on(t.workspaceId, t.audience, t.text),
    index('sent_texts_channel').on(t.workspaceId, t.channel),
  ],
)
