import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { actions } from './actions.ts'
import { instant, workspaceId } from './columns.ts'

export const decisions = pgTable(
  'decisions',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    actionId: text('action_id')
      .notNull()
      .references(() => actions.id),
    decision: text('decision').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    /** Whose right it was, where somebody decided for a member who is away. */
    onBehalfOf: text('on_behalf_of'),
    onBehalfOfName: text('on_behalf_of_name'),
    via: text('via').notNull(),
    at: instant('at').notNull(),
    payloadHash: text('payload_hash').notNull(),
    revision: integer('revision').notNull(),
    policyVersion: integer('policy_version').notNull(),
    severity: text('severity'),
    reason: text('reason'),
    outside: boolean('outside').notNull().default(false),
    changes: jsonb('changes').notNull(),
  },
  (t) => [
    index('decisions_action').on(t.actionId),
    // A person's press before this one bounds how long this one was looked at.
    index('decisions_pressed').on(t.workspaceId, t.byId, t.at).where(sql`via = 'slack'`),
  ],
)
