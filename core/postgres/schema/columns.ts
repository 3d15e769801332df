import { sql } from 'drizzle-orm'
import { customType, text, timestamp } from 'drizzle-orm/pg-core'

/** An instant in UTC, to the millisecond: what JavaScript's Date holds, so that nothing is lost on the way. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Every row belongs to one workspace; row-level security reads this column. */
export const workspaceId = () => text('workspace_id').notNull()

/** The transaction that wrote the row; the ledger is sealed in its order. */
export const transactionId = customType<{ data: string; default: true }>({ dataType: () => 'xid8' })

export const currentTransaction = sql`pg_current_xact_id()`
