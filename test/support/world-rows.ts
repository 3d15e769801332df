import type { ActionId, WorkspaceId } from '../../core/domain/ids.ts'
import type { Database } from '../../core/postgres/database.ts'

const HORIZON_WITHIN_MS = 5_000

/** What a test reads of a world's database past the gate. */
export function rowsOf(database: Pick<Database, 'query'>, workspaceId: WorkspaceId) {
  return {
    query: (text: string, values: readonly unknown[] = []) => database.query(text, values),
    /** How many rows each table has, by name; but for the rate limits, which count refusals too. */
    async rowCounts(): Promise<Record<string, number>> {
      const tables = await database.query(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'rate_limits' order by 1",
        [],
      )
      const counts: Record<string, number> = {}
      for (const { tablename } of tables) {
        const [row] = await database.query(`select count(*)::int as n from ${String(tablename)}`, [])
        counts[String(tablename)] = Number(row?.['n'])
      }
      const [jobs] = await database.query('select count(*)::int as n from pgboss.job', [])
      return { ...counts, jobs: Number(jobs?.['n']) }
    },
    /** The ledger's event types of one subject, in order. */
    async events(subject: string): Promise<readonly string[]> {
      const rows = await database.query(
        'select type, subject_version from ledger_events where subject = $1 order by subject_version',
        [subject],
      )
      if (rows.some((row, at) => row['subject_version'] !== at + 1))
        throw new Error(`The ledger of ${subject} has a gap`)
      return rows.map((row) => String(row['type']))
    },
    /** The state row as it is in the database. */
    async stateRow(id: ActionId): Promise<Record<string, unknown>> {
      const [row] = await database.query('select * from action_states where action_id = $1', [id])
      if (!row) throw new Error(`No state row of ${id}`)
      return row
    },
    async budget(window: string): Promise<{ readonly reserved: number; readonly committed: number } | null> {
      const [row] = await database.query(
        'select reserved, committed from budgets where workspace_id = $1 and "window" = $2',
        [workspaceId, window],
      )
      return row ? { reserved: Number(row['reserved']), committed: Number(row['committed']) } : null
    },
  }
}

/** Other tests on the server have transactions open, which hold back what can be sealed; they end soon. */
export async function everythingIsOver(database: Pick<Database, 'query'>): Promise<void> {
  const [mine] = await database.query('select pg_current_xact_id()::text as tx', [])
  const until = performance.now() + HORIZON_WITHIN_MS
  const horizon = async () =>
    (await database.query('select pg_snapshot_xmin(pg_current_snapshot())::text as tx', []))[0]
  while (performance.now() < until && BigInt(String((await horizon())?.['tx'])) <= BigInt(String(mine?.['tx'])));
}
