import type { WorkspaceId } from '../domain/ids.ts'
import type { Rate } from '../ports/transaction.ts'
import type { Query } from './database.ts'

/** Requests of one key. */
export type Wanted = {
  readonly workspaceId: WorkspaceId
  readonly key: string
  readonly rate: Rate
  readonly count: number
}

/** How many of them may go now, and after how many milliseconds the next one may. */
export type Taken = { readonly granted: number; readonly waitMs: number }

const TAKE = 'select * from tenure_take_tokens($1::jsonb, $2::timestamptz)'

type Row = {
  readonly workspace_id: WorkspaceId
  readonly key: string
  readonly n: number
  readonly interval_ms: number
  readonly burst: number
}

/** Requests as `tenure_take_tokens` wants them: each key once. */
export function tokenRows(wanted: readonly Wanted[]): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const { workspaceId, key, rate, count } of wanted) {
    const before = rows.get(`${workspaceId} ${key}`)?.n ?? 0
    rows.set(`${workspaceId} ${key}`, {
      workspace_id: workspaceId,
      key,
      n: before + count,
      interval_ms: rate.intervalMs,
      burst: rate.burst,
    })
  }
  return [...rows.values()]
}

/** Takes rate tokens (GCRA) in one statement, keys in order; what was taken of each, in the order asked. */
export async function takeTokens(query: Query, wanted: readonly Wanted[], now: Date): Promise<readonly Taken[]> {
  const rows = await query<{ workspace_id: string; key: string; granted: number; wait_ms: number }>(TAKE, [
    JSON.stringify(tokenRows(wanted)),
    now.toISOString(),
  ])
  return wanted.map(({ workspaceId, key }) => {
    const row = rows.find((taken) => taken.workspace_id === workspaceId && taken.key === key)
    return { granted: row?.granted ?? 0, waitMs: row?.wait_ms ?? 1 }
  })
}

/** One token: null when the request may go now, else the wait in milliseconds. */
export async function takeToken(
  query: Query,
  workspaceId: WorkspaceId,
  key: string,
  rate: Rate,
  now: Date,
): Promise<number | null> {
  const [taken] = await takeTokens(query, [{ workspaceId, key, rate, count: 1 }], now)
  return taken && taken.granted > 0 ? null : (taken?.waitMs ?? 1)
}
