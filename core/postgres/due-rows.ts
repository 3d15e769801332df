import { sql } from 'drizzle-orm'
import { workAt } from '../domain/due.ts'
import type { DueItem } from '../ports/store.ts'
import { type Drizzle, rowsOf } from './database.ts'

type DueRow = {
  action_id: string
  workspace_id: string
  state: string
  expires_at: string | Date | null
  remind_at: string | Date | null
  run_at: string | Date | null
  lease_until: string | Date | null
  undo_until: string | Date | null
}

/** Whether the stop `s` is on and freezes the row `st` of the action `a`: the domain's `covers`, for a sweep over all workspaces. */
export const COVERING = sql`s.lifted_at is null and s.mode = 'stop' and s.workspace_id in ('*', st.workspace_id) and (
    s.target_kind in ('all', 'workspace')
    or (s.target_kind = 'agent' and s.target_value = a.agent_id)
    or (s.target_kind = 'category' and s.target_value = a.category)
    or (s.target_kind = 'channel' and s.target_value = a.channel)
    or (s.target_kind = 'platform' and s.target_value = a.platform)
    or (s.target_kind = 'kind' and s.target_value = a.kind))`
const FROZEN = sql`exists (select from switches s where ${COVERING})`

/** States whose clocks a stop freezes; what is on its way at the platform goes on being watched. */
const FREEZABLE = sql`('proposed', 'awaiting_approval', 'changes_requested', 'scheduled', 'held', 'ready', 'executed')`

/**
 * Takes due rows and hides them for a while, so that replicas do not do the same work; a process that dies leaves them
 * to the next sweep.
 */
export async function takeDue(tx: Drizzle, now: Date, limit: number, hideMs: number): Promise<readonly DueItem[]> {
  const at = now.toISOString()
  const hidden = new Date(now.getTime() + hideMs).toISOString()
  const rows = rowsOf<DueRow>(
    await tx.execute(sql`
      with due as (
        select st.action_id from action_states st join actions a on a.id = st.action_id
        where st.due_at <= ${at}::timestamptz and not (st.state in ${FREEZABLE} and ${FROZEN})
        order by st.due_at limit ${limit} for update of st skip locked)
      update action_states st set due_at = ${hidden}::timestamptz from due where st.action_id = due.action_id
      returning st.action_id, st.workspace_id, st.state, st.expires_at, st.remind_at, st.run_at, st.lease_until, st.undo_until`),
  )
  return rows.flatMap((row) => {
    // safe: written by the store from the domain's State
    const state = row.state as Parameters<typeof workAt>[0]
    const clocks = {
      expiresAt: time(row.expires_at),
      remindAt: time(row.remind_at),
      runAt: time(row.run_at),
      leaseUntil: time(row.lease_until),
      undoUntil: time(row.undo_until),
    }
    const work = workAt(state, clocks, now)
    // safe: ids of ours
    return work ? [{ workspaceId: row.workspace_id, actionId: row.action_id, work } as DueItem] : []
  })
}

/** What was judged under an epoch that has passed: in flight, it goes back to a person; waiting, it is judged anew. */
export async function takeRecalled(tx: Drizzle, limit: number): Promise<readonly DueItem[]> {
  const rows = rowsOf<{ action_id: string; workspace_id: string }>(
    await tx.execute(sql`
      select st.action_id, st.workspace_id from action_states st
      join payloads p on p.action_id = st.action_id and p.revision = st.revision
      join actions a on a.id = st.action_id
      join control c on c.workspace_id = st.workspace_id
      left join standings own on own.workspace_id = st.workspace_id and own.scope = p.scope
        and own.scenario = a.scenario and own.agent_id = a.agent_id
      left join standings every on every.workspace_id = st.workspace_id and every.scope = p.scope
        and every.scenario = '*' and every.agent_id = '*' and a.agent_id is not null
      where (st.state in ('scheduled', 'held', 'ready', 'awaiting_approval') and st.workspace_epoch <> c.epoch)
        or (st.state in ('scheduled', 'held', 'ready')
          and st.scope_epoch <> coalesce(own.epoch, 0) + coalesce(every.epoch, 0))
      limit ${limit}`),
  )
  // safe: ids of ours
  return rows.map((row) => ({ workspaceId: row.workspace_id, actionId: row.action_id, work: 'recall' }) as DueItem)
}

/** Milliseconds until the next due row; null: none waits. Negative: overdue. */
export async function nextDueInMs(tx: Drizzle, now: Date): Promise<number | null> {
  const rows = rowsOf<{ ms: number | null }>(
    await tx.execute(sql`
      select (extract(epoch from (min(due_at) - ${now.toISOString()}::timestamptz)) * 1000)::float8 as ms
      from action_states where due_at is not null`),
  )
  return rows[0]?.ms ?? null
}

const time = (value: string | Date | null): Date | null => (value === null ? null : new Date(value))
