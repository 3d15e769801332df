import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { actions } from './actions.ts'
import { instant, workspaceId } from './columns.ts'
import { people } from './people.ts'

/** Which message reached whom, on every channel and from every agent; written by the claim that lets it out. */
export const exposures = pgTable(
  'exposures',
  {
    workspaceId: workspaceId(),
    actionId: text('action_id')
      .notNull()
      .references(() => actions.id),
    /** Numbers the messages of one action. */
    place: integer('place').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    channel: text('channel').notNull(),
    agentId: text('agent_id'),
    /** When it reaches them. */
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.actionId, t.place] }), index('exposures_of_person').on(t.personId, t.at)],
)
