import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type StoredJson, storedFrom } from './action-rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { controlOf, type ControlRow, type Versions } from './snapshot.ts'

export type Role = 'tenure_app' | 'tenure_system'

/** Product time, given the database's: the same, unless a test or the demo brings a clock of its own. */
export type TimeOf = (databaseNow: Date) => Date

const OPENING = `select set_config('role', $1, true), set_config('tenure.workspaces', $2, true),
  (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`

/**
 * Runs work as a role that row-level security binds, for one workspace (or those whose proposals share it). The role,
 * the workspace and the time come in one statement of their own, before any other: both settings end with the
 * transaction.
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

/** What a transaction of a workspace knows from its first round trip. */
export type Opening = {
  readonly now: Date
  /** Null: there is no such workspace. */
  readonly versions: Versions | null
  /** The action that was asked for, read under the control locks of a move; null: none was asked for, or there is none. */
  readonly toMove: { readonly id: ActionId; readonly stored: StoredAction | null } | null
}

const OPEN = 'select * from tenure_open($1, $2)'

type OpenRow = StoredJson &
  Omit<ControlRow, 'workspace_id' | 'version'> & {
    readonly now_ms: number
    readonly version: string | number | null
    readonly installation: string | number
  }

/** Runs work of one workspace. `toMove`: what it will move, read with the opening. */
export async function inWorkspace<T>(
  drizzle: Pick<Drizzle, 'transaction'>,
  workspaceId: WorkspaceId,
  toMove: ActionId | null,
  timeOf: TimeOf,
  work: (tx: Drizzle, opening: Opening) => Promise<T>,
): Promise<T> {
  if (workspaceId.includes(',')) throw new Error('A transaction serves one workspace')
  return await drizzle.transaction(async (tx) => {
    const [row] = await queryOf(tx)<OpenRow>(OPEN, [workspaceId, toMove])
    if (!row) throw new Error('The database did not tell the time')
    return await work(tx, {
      now: timeOf(new Date(Math.floor(row.now_ms))),
      versions: versionsOf(row),
      toMove: toMove === null ? null : { id: toMove, stored: row.action === null ? null : storedFrom(row) },
    })
  })
}

const versionsOf = ({ version, installation, ...row }: OpenRow): Versions | null =>
  version === null ? null : { own: controlOf({ ...row, version }), installation: Number(installation) }
