import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { actions } from './actions.ts'
import { instant, workspaceId } from './columns.ts'

/** One attempt to make (or undo) the effect, written by the claim before anything is sent. */
export const executions = pgTable(
  'executions',
  {
    workspaceId: workspaceId(),
    actionId: text('action_id')
      .notNull()
      .references(() => actions.id),
    attempt: integer('attempt').notNull(),
    direction: text('direction').notNull(),
    state: text('state').notNull(),
    before: jsonb('before').notNull(),
    requestDigest: text('request_digest').notNull(),
    startedAt: instant('started_at').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    finishedAt: instant('finished_at'),
    receipt: jsonb('receipt'),
    error: jsonb('error'),
  },
  (t) => [primaryKey({ columns: [t.actionId, t.attempt] })],
)
