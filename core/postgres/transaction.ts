import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { type DayNumber, dayOf } from '../domain/trust/score-window.ts'
import type { TrustBook } from '../domain/trust/trust-book.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type StoredJson, storedFrom } from './action-rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { bookOf } from './trust-row-shapes.ts'
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

/** An action that was asked for with the opening. */
export type ReadToMove = {
  readonly id: ActionId
  /** Null: there is none. */
  readonly stored: StoredAction | null
  /** What counting it needs, read under its locks; null: it was not asked for, on another day, or nothing is counted. */
  readonly book: TrustBook | null
}

/** What a transaction of a workspace knows from its first round trip. */
export type Opening = {
  readonly now: Date
  /** Null: there is no such workspace. */
  readonly versions: Versions | null
  /** Read under the control locks of a move; null: none was asked for. */
  readonly toMove: ReadToMove | null
}

const OPEN = 'select * from tenure_open($1, $2)'
/** And of an agent's action what counting it needs: then the locks of a count, as `lockToCount` takes them. */
const OPEN_TO_COUNT = `select o.*, case when o.action ->> 'agent_id' is not null then tenure_open_book($1,
    jsonb_path_query_array(o.state, '$.charges[*].window'), jsonb_build_array(o.action -> 'id'),
    jsonb_build_array(split_part(o.payload ->> 'scope', '.', 1)), o.payload ->> 'scope', o.action ->> 'scenario',
    o.action ->> 'proposer_id', $3) end as book
  from tenure_open($1, $2) o`

type OpenRow = StoredJson &
  Omit<ControlRow, 'workspace_id' | 'version'> & {
    readonly now_ms: number
    readonly version: string | number | null
    readonly installation: string | number
    readonly book?: unknown
  }

/**
 * Runs work of one workspace. `toMove`: what it will move, read with the opening. `today`: the day that it is held to
 * be, where what counting needs is asked for too; null: it is not.
 */
export async function inWorkspace<T>(
  drizzle: Pick<Drizzle, 'transaction'>,
  workspaceId: WorkspaceId,
  { toMove, today }: { readonly toMove: ActionId | null; readonly today: DayNumber | null },
  timeOf: TimeOf,
  work: (tx: Drizzle, opening: Opening) => Promise<T>,
): Promise<T> {
  if (workspaceId.includes(',')) throw new Error('A transaction serves one workspace')
  return await drizzle.transaction(async (tx) => {
    const query = queryOf(tx)
    const [row] = await (today === null
      ? query<OpenRow>(OPEN, [workspaceId, toMove])
      : query<OpenRow>(OPEN_TO_COUNT, [workspaceId, toMove, today]))
    if (!row) throw new Error('The database did not tell the time')
    const now = timeOf(new Date(Math.floor(row.now_ms)))
    const book = row.book && dayOf(now.getTime()) === today ? bookOf(row.book) : null
    const stored = row.action === null ? null : storedFrom(row)
    return await work(tx, { now, versions: versionsOf(row), toMove: toMove && { id: toMove, stored, book } })
  })
}

const versionsOf = ({ version, installation, ...row }: OpenRow): Versions | null =>
  version === null ? null : { own: controlOf({ ...row, version }), installation: Number(installation) }
