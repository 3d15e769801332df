import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { workspaceId } from './columns.ts'

/** Counters of one budget window in minor units; never sums. Second in the lock order. */
export const budgets = pgTable(
  'budgets',
  {
    workspaceId: workspaceId(),
    /**
     * `day:2026-11-22`, `week:2026-W47`, `month:2026-11` in the workspace's zone; `daily`, `daily:<platform>:<campaign>`: what
     * is committed a day; `core/rules/budget-charges.ts`.
     */
    window: text('window').notNull(),
    reserved: bigint('reserved', { mode: 'number' }).notNull().default(0),
    committed: bigint('committed', { mode: 'number' }).notNull().default(0),
    /** What was committed before there was this budget, or this window: by campaigns that run. */
    carried: bigint('carried', { mode: 'number' }).notNull().default(0),
    /** What the platform says was spent, by whomever; counts where it is larger than `committed`. */
    spent: bigint('spent', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.window] })],
)
