import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** Who must not be contacted, by identifier, so that it outlives the person's other rows. Lifted, never deleted. */
export const suppressions = pgTable(
  'suppressions',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    digest: text('digest').notNull(),
    kind: text('kind').notNull(),
    /** Null: on all of them. */
    channel: text('channel'),
    /** `asked`, `bounced`, `complained`, `legal`, or `erased`: the person was forgotten. */
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
    /** Null: a platform told of it. */
    byId: text('by_id'),
    liftedAt: instant('lifted_at'),
    liftedBy: text('lifted_by'),
  },
  (t) => [
    index('suppressions_in_force').on(t.digest).where(sql`lifted_at is null`),
    // An expression, so that no plan takes it for what is looked up by digest: see `person-plans.int.test.ts`.
    index('suppressions_of_workspace').on(sql`(${t.workspaceId} || '')`).where(sql`lifted_at is null`),
  ],
)
