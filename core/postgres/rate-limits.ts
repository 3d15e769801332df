import { sql } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import { type Drizzle, rowsOf } from './database.ts'

export type Rate = { readonly intervalMs: number; readonly burst: number }

/**
 * GCRA in one statement (the virtual scheduling algorithm of ITU-T I.371): the row keeps when the next request would
 * arrive if all came evenly; a request is early by more than `burst - 1` intervals, or it is let through. Returns null
 * when it may go, else the wait in milliseconds. `now` in milliseconds keeps the arithmetic free of interval rounding.
 */
export async function takeToken(
  tx: Drizzle,
  workspaceId: WorkspaceId | '*',
  key: string,
  rate: Rate,
  now: Date,
): Promise<number | null> {
  const at = now.toISOString()
  const tolerance = `${rate.intervalMs * (rate.burst - 1)} milliseconds`
  const step = `${rate.intervalMs} milliseconds`
  const taken = rowsOf<object>(
    await tx.execute(sql`
      insert into rate_limits as r (workspace_id, key, arrives_at)
      values (${workspaceId}, ${key}, ${at}::timestamptz + ${step}::interval)
      on conflict (workspace_id, key) do update
        set arrives_at = greatest(r.arrives_at, ${at}::timestamptz) + ${step}::interval
        where r.arrives_at - ${tolerance}::interval <= ${at}::timestamptz
      returning 1`),
  )
  if (taken.length === 1) return null
  const wait = rowsOf<{ ms: number }>(
    await tx.execute(sql`
      select ceil(extract(epoch from (arrives_at - ${tolerance}::interval - ${at}::timestamptz)) * 1000)::float8 as ms
      from rate_limits where workspace_id = ${workspaceId} and key = ${key}`),
  )
  return Math.max(1, wait[0]?.ms ?? 1)
}
