import { bigint, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { actions } from './actions.ts'
import { instant, workspaceId } from './columns.ts'

/**
 * One evaluated payload: input, what it binds on the platform, verdict, level. Append-only; an edit, a look at the
 * platform or another policy version writes the next revision, and the state row names the one in force.
 */
export const payloads = pgTable(
  'payloads',
  {
    workspaceId: workspaceId(),
    actionId: text('action_id')
      .notNull()
      .references(() => actions.id),
    revision: integer('revision').notNull(),
    input: jsonb('input').notNull(),
    /** Null until the platform was read, for kinds that bind something there. */
    facts: jsonb('facts'),
    hash: text('hash'),
    scope: text('scope').notNull(),
    band: text('band'),
    people: integer('people'),
    listSize: integer('list_size'),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    level: jsonb('level'),
    ceiling: smallint('ceiling').notNull(),
    verdict: jsonb('verdict'),
    preview: jsonb('preview').notNull(),
    policyVersion: integer('policy_version').notNull(),
    editedBy: text('edited_by'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.actionId, t.revision] })],
)
