import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { workspaceId } from './columns.ts'

/**
 * What people wrote, beside the ledger: the event holds only a salted digest of it, so that a row can be erased, salt
 * and all, and the ledger stays as it was sealed.
 */
export const ledgerDetails = pgTable(
  'ledger_details',
  {
    workspaceId: workspaceId(),
    subject: text('subject').notNull(),
    subjectVersion: integer('subject_version').notNull(),
    salt: text('salt').notNull(),
    /** Canonical JSON: the bytes of the digest. */
    detail: text('detail').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.subjectVersion] })],
)
