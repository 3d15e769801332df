import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'
import { people } from './people.ts'

/** Keyed digests of addresses, numbers and platforms' ids: nothing needs them in the clear. */
export const personIdentifiers = pgTable(
  'person_identifiers',
  {
    workspaceId: workspaceId(),
    digest: text('digest').notNull(),
    kind: text('kind').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.digest] }),
    index('person_identifiers_of_person').on(t.workspaceId, t.personId),
  ],
)
