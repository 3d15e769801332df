import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { actions } from './actions.ts'
import { instant, workspaceId } from './columns.ts'

/** The narrow row that moves. It is also the job: `due_at` says when the sweep has to look. Last in the lock order. */
export const actionStates = pgTable(
  'action_states',
  {
    actionId: text('action_id')
      .primaryKey()
      .references(() => actions.id),
    workspaceId: workspaceId(),
    state: text('state').notNull(),
    /** The number of ledger events of this action. */
    version: integer('version').notNull(),
    revision: integer('revision').notNull(),
    dueAt: instant('due_at'),
    expiresAt: instant('expires_at'),
    remindAt: instant('remind_at'),
    reminders: smallint('reminders').notNull().default(0),
    escalated: boolean('escalated').notNull().default(false),
    snoozedUntil: instant('snoozed_until'),
    runAt: instant('run_at'),
    leaseUntil: instant('lease_until'),
    undoUntil: instant('undo_until'),
    attempt: integer('attempt').notNull().default(0),
    tries: smallint('tries').notNull().default(0),
    lookUps: smallint('look_ups').notNull().default(0),
    /** What the decision, or the level, relied on; the claim requires that they are still so. */
    workspaceEpoch: bigint('workspace_epoch', { mode: 'number' }).notNull(),
    scopeEpoch: bigint('scope_epoch', { mode: 'number' }).notNull(),
    /** The strictest outcome that a person accepted, or that let it run. */
    acceptedOutcome: text('accepted_outcome'),
    /** Whether a person approved it: then there is no hold and no notice with undo. */
    approved: boolean('approved').notNull().default(false),
    /** What it holds of each budget: `[{window, amountMinor, daily?}]`. */
    charges: jsonb('charges').notNull().default(sql`'[]'::jsonb`),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull().default(0),
    /** Why it came back or ended, differences and preflight problems; null most of the time. */
    remark: jsonb('remark'),
    supersededBy: text('superseded_by'),
    executedAt: instant('executed_at'),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    // Partial, because an index on a column that changes with every move makes HOT updates impossible.
    index('action_states_due').on(t.dueAt).where(sql`due_at is not null`),
    /** Which of a campaign's changes were taken back since. */
    index('action_states_undone').on(t.workspaceId, t.undoneAt).where(sql`state = 'undone'`),
    index('action_states_open')
      .on(t.workspaceId, t.state)
      .where(
        sql`state not in ('settled', 'undone', 'blocked', 'observed', 'rejected', 'expired', 'cancelled', 'superseded', 'failed')`,
      ),
  ],
)
