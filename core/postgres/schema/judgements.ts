import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** What the model judge said, by the digest of the judge, the brand voice and the texts; kept for 30 days. */
export const judgements = pgTable(
  'judgements',
  {
    workspaceId: workspaceId(),
    digest: text('digest').notNull(),
    fits: boolean('fits').notNull(),
    says: text('says').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.digest] }), index('judgements_oldest').on(t.workspaceId, t.at)],
)
