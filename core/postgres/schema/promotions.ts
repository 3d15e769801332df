import { index, integer, jsonb, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { instant, workspaceId } from './columns.ts'

/** A raise of level that the system proposes, with the dossier that it was proposed on; a person decides. */
export const promotions = pgTable(
  'promotions',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    scenario: text('scenario').notNull(),
    agentId: text('agent_id').notNull(),
    agentVersion: text('agent_version').notNull(),
    toLevel: smallint('to_level').notNull(),
    /** `open`, `granted`, `declined`, `withdrawn`. */
    state: text('state').notNull(),
    version: integer('version').notNull(),
    dossier: jsonb('dossier').notNull(),
    openedAt: instant('opened_at').notNull(),
    endedAt: instant('ended_at'),
    byId: text('by_id'),
    reason: text('reason'),
  },
  (t) => [
    index('promotions_of').on(t.workspaceId, t.scope, t.scenario, t.agentId, t.id),
    uniqueIndex('promotions_open').on(t.workspaceId, t.scope, t.scenario, t.agentId).where(sql`state = 'open'`),
  ],
)
