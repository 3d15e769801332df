import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

/** Versions of the guardrails that are in force for one scope before the rest. */
export const policyTrials = pgTable('policy_trials', {
  id: text('id').primaryKey(),
  workspaceId: workspaceId(),
  version: integer('version').notNull(),
  /** Where it holds, as a scope of a policy names it. */
  when: jsonb('when').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: instant('at').notNull(),
  endedAt: instant('ended_at'),
  endedBy: text('ended_by'),
  /** `promoted` or `withdrawn`. */
  outcome: text('outcome'),
})
