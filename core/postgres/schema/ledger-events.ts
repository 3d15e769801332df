import { bigint, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { currentTransaction, instant, transactionId, workspaceId } from './columns.ts'

/** Append-only. `body` is the canonical text that `digest` was made of: bytes, never re-serialised. */
export const ledgerEvents = pgTable(
  'ledger_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: workspaceId(),
    tx: transactionId('tx').notNull().default(currentTransaction),
    subject: text('subject').notNull(),
    subjectVersion: integer('subject_version').notNull(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    body: text('body').notNull(),
    digest: text('digest').notNull(),
  },
  (t) => [
    uniqueIndex('ledger_events_subject').on(t.workspaceId, t.subject, t.subjectVersion),
    // The order of sealing.
    index('ledger_events_order').on(t.workspaceId, t.tx, t.id),
  ],
)
