import { bigint, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { transactionId, workspaceId } from './columns.ts'

/**
 * One chain a workspace, append-only. `text` is the canonical text that `head` was made of and that is signed; the other
 * columns repeat it for queries, and `ledger verify` compares them. Two seals on one predecessor cannot be.
 */
export const ledgerSeals = pgTable(
  'ledger_seals',
  {
    workspaceId: workspaceId(),
    batch: integer('batch').notNull(),
    previous: text('previous').notNull(),
    head: text('head').notNull(),
    text: text('text').notNull(),
    signature: text('signature').notNull(),
    publicKey: text('public_key').notNull(),
    /** The leaf hashes of the batch in hex: what was changed can be named by them. */
    leaves: text('leaves').notNull(),
    lastTx: transactionId('last_tx').notNull().default(sql`'0'`),
    lastId: bigint('last_id', { mode: 'number' }).notNull().default(0),
    eraFrom: bigint('era_from', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.batch] }),
    uniqueIndex('ledger_seals_chain').on(t.workspaceId, t.previous),
  ],
)
