import { sql } from 'drizzle-orm'
import { bigint, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

export const agents = pgTable(
  'agents',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    /** Empty: every kind. */
    kinds: text('kinds').array().notNull(),
    /** Empty: every channel. */
    channels: text('channels').array().notNull().default(sql`'{}'`),
    /** The most that one proposal may cost, in minor units; null: what the policy lets pass. */
    maxAmountMinor: bigint('max_amount_minor', { mode: 'number' }),
    /** Proposals in any hour; null: as fast as anybody. */
    ratePerHour: integer('rate_per_hour'),
    keyHash: text('key_hash').notNull(),
    keyPrefix: text('key_prefix').notNull(),
    /** Who has held its key: the member who made it, or made it anew. */
    createdBy: text('created_by'),
    /** In whose hands the token of that member was by then. */
    keyHands: text('key_hands').array().notNull().default(sql`'{}'`),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (t) => [uniqueIndex('agents_name').on(t.workspaceId, t.name), uniqueIndex('agents_key').on(t.workspaceId, t.keyHash)],
)
