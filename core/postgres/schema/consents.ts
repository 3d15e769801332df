import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'
import { people } from './people.ts'

/** What people said about being messaged, one row each time; the newest by its own time counts. */
export const consents = pgTable(
  'consents',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    channel: text('channel').notNull(),
    /** `given` or `withdrawn` */
    standing: text('standing').notNull(),
    /** Where they said it: a platform, or a member's words. */
    source: text('source').notNull(),
    saidAt: instant('said_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Null: read on a platform. */
    byId: text('by_id'),
  },
  (t) => [
    index('consents_newest').on(t.personId, t.channel, t.saidAt),
    // An expression, so that no plan takes it for what is looked up by person: see `person-plans.int.test.ts`.
    index('consents_withdrawn')
      .on(sql`(${t.workspaceId} || '')`, t.channel, t.source)
      .where(sql`standing = 'withdrawn'`),
  ],
)
