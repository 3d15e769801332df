import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** One GCRA row a key: the theoretical arrival time of the next request. */
export const rateLimits = pgTable(
  'rate_limits',
  { workspaceId: workspaceId(), key: text('key').notNull(), arrivesAt: instant('arrives_at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
)
