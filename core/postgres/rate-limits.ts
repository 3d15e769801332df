import type { WorkspaceId } from '../domain/ids.ts'
import type { Rate } from '../ports/store.ts'
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

/** Takes rate tokens (GCRA) in one statement, keys in order; what was taken of each, in the order asked. */
export async function takeTokens(query: Query, wanted: readonly Wanted[], now: Date): Promise<readonly Taken[]> {
  const asked = wanted.map(({ workspaceId, key, rate, count }) => ({
    workspace_id: workspaceId,
    key,
    n: count,
    interval_ms: rate.intervalMs,
    burst: rate.burst,
  }))
  const rows = await query<{ workspace_id: string; key: string; granted: number; wait_ms: number }>(TAKE, [
    JSON.stringify(asked),
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
