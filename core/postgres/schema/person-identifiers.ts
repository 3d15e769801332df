import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'
import { people } from './people.ts'

/**
 * Keyed digests of addresses, numbers and platforms' ids: nothing needs them in the clear. No index of what is kept of
 * people begins with the workspace: a planner that does not know one yet takes it for next to empty, and would read all of
 * it for each person.
 */
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
  (t) => [primaryKey({ columns: [t.digest, t.workspaceId] }), index('person_identifiers_of_person').on(t.personId)],
)
