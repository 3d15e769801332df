import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * One row a workspace and one (`*`) for the installation. The claim of an execution locks both for share; a stop
 * updates them, so that no claim can commit after a stop was answered. First in the lock order.
 */
export const control = pgTable('control', {
  workspaceId: text('workspace_id').primaryKey(),
  /** Grows with every change of configuration: switches, policy, grants. */
  version: bigint('version', { mode: 'number' }).notNull().default(1),
  /** Grows when what was let through must be looked at again. */
  epoch: bigint('epoch', { mode: 'number' }).notNull().default(1),
  policyVersion: integer('policy_version').notNull().default(0),
})
