import { bigint, boolean, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/**
 * Where an agent stands in one scenario of a scope: its level, and what of its trust bounds it. Changes seldom, and is
 * part of the snapshot. `*` stands for all agents and scenarios.
 */
export const standings = pgTable(
  'standings',
  {
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    scenario: text('scenario').notNull(),
    agentId: text('agent_id').notNull(),
    agentVersion: text('agent_version').notNull(),
    isProven: boolean('is_proven').notNull(),
    level: smallint('level').notNull(),
    tier: text('tier').notNull(),
    isLocked: boolean('is_locked').notNull(),
    /** Grows when the level in force falls to 2 or less, which recalls what is in flight. */
    epoch: bigint('epoch', { mode: 'number' }).notNull(),
    byId: text('by_id'),
    at: instant('at').notNull(),
    until: instant('until'),
    firstAt: instant('first_at'),
    reclaimed: smallint('reclaimed'),
    leftHighAt: instant('left_high_at'),
    /** Actions that a person decides first, after a long silence. */
    reviewLeft: smallint('review_left').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.scope, t.scenario, t.agentId] })],
)

/** Grows with every change of a workspace's standings: what was read of them is known to be so by it. */
export const standingVersions = pgTable('standing_versions', {
  workspaceId: workspaceId().primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull(),
})
