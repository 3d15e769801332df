import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** One event for one address; also the job: `next_try_at` says when it is sent. Kept for a while, to be replayed. */
export const callbackDeliveries = pgTable(
  'callback_deliveries',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    endpointId: text('endpoint_id').notNull(),
    actionId: text('action_id').notNull(),
    version: integer('version').notNull(),
    type: text('type').notNull(),
    url: text('url').notNull(),
    /** The bytes of every attempt. */
    body: text('body').notNull(),
    state: text('state').notNull(),
    attempts: integer('attempts').notNull().default(0),
    replayed: boolean('replayed').notNull().default(false),
    lastStatus: integer('last_status'),
    lastFailure: text('last_failure'),
    nextTryAt: instant('next_try_at'),
    createdAt: instant('created_at').notNull(),
    deliveredAt: instant('delivered_at'),
  },
  (t) => [
    uniqueIndex('callback_deliveries_version').on(t.workspaceId, t.actionId, t.version),
    index('callback_deliveries_endpoint').on(t.endpointId, t.id),
    index('callback_deliveries_due').on(t.nextTryAt).where(sql`next_try_at is not null`),
  ],
)
