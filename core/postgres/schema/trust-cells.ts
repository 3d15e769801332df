import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** The evidence of one scope × scenario type × version of an agent: bounded, carried on without reading history. Last in the lock order. */
export const trustCells = pgTable(
  'trust_cells',
  {
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    scenario: text('scenario').notNull(),
    agentVersion: text('agent_version').notNull(),
    agentId: text('agent_id').notNull(),
    /** The digest of how the agent was worded at the newest decision. */
    wording: text('wording').notNull(),
    wordingChanges: integer('wording_changes').notNull(),
    /** Counted decisions: each carries its number in the ledger. */
    version: integer('version').notNull(),
    state: jsonb('state').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scope, t.scenario, t.agentVersion] })],
)
