import { type Drizzle, queryOf } from './database.ts'

export type Role = 'tenure_app' | 'tenure_system'

/** Product time, given the database's: the same, unless a test or the demo brings a clock of its own. */
export type TimeOf = (databaseNow: Date) => Date

const OPENING = `select set_config('role', $1, true), set_config('tenure.workspaces', $2, true),
  (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`

/**
 * Runs work as a role that row-level security binds, for one workspace (or those whose proposals share it). The role, the workspace and the time come in
 * one statement of their own, before any other: both settings end with the transaction.
 */
export async function asRole<T>(
  drizzle: Pick<Drizzle, 'transaction'>,
  role: Role,
  workspaceId: string | readonly string[],
  timeOf: TimeOf,
  work: (tx: Drizzle, now: Date) => Promise<T>,
): Promise<T> {
  const workspaces = typeof workspaceId === 'string' ? [workspaceId] : workspaceId
  // The setting is a list: a comma would be a second workspace.
  if (workspaces.some((one) => one.includes(','))) throw new Error('A transaction serves one workspace')
  return await drizzle.transaction(async (tx) => {
    const [row] = await queryOf(tx)<{ now_ms: number }>(OPENING, [role, workspaces.join(',')])
    if (!row) throw new Error('The database did not tell the time')
    return await work(tx, timeOf(new Date(Math.floor(row.now_ms))))
  })
}
