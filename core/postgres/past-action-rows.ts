import type { WorkspaceId } from '../domain/ids.ts'
import type { PastAction, PastActionRows } from '../ports/past-actions.ts'
import { fromJson, type StoredRow } from './action-rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { pressSeconds } from './press-seconds.ts'
import { actions, payloads } from './schema/index.ts'
import { fromText } from './trust-row-shapes.ts'

const WITHIN = `workspace_id = $1 and proposed_at >= $2::timestamptz and proposed_at < $3::timestamptz and not dry_run`

const COUNT = `select count(*)::int as n from actions where ${WITHIN}`

// The first payload that was judged is what the agent proposed with what was read on the platform for it. Each row is
// looked up by its key: joined otherwise, every page would read the states of all actions there are.
const PAGE = `select to_jsonb(a) as action, to_jsonb(p) as payload, jsonb_build_object(
    'state', s.state, 'approved', s.approved, 'executed_at', s.executed_at, 'decisions', d.decisions,
    'seconds', d.seconds, 'rejected', d.rejected, 'undone_by', case when s.state in ('undoing', 'undone') then (
      select e.body::jsonb #>> '{body,by}' from ledger_events e
      where e.workspace_id = $1 and e.subject = a.id and e.type = 'undo_claimed'
      order by e.subject_version desc limit 1) end) as became
  from (select * from actions where ${WITHIN} and id > $4 order by id limit $5) a
  join lateral (select s.* from action_states s
    where s.action_id = a.id and s.workspace_id = a.workspace_id limit 1) s on true
  join lateral (select p.* from payloads p where p.workspace_id = a.workspace_id and p.action_id = a.id
    order by p.verdict is null, p.revision limit 1) p on true
  left join lateral (
    select jsonb_agg(jsonb_build_object('decision', d.decision, 'at', d.at, 'outside', d.outside)) as decisions,
      sum(${pressSeconds('a.id, a.plan_id')}) as seconds,
      (array_agg(jsonb_build_object('by', d.by_name, 'at', d.at, 'why', d.reason))
        filter (where d.decision = 'reject' and not d.outside))[1] as rejected
    from decisions d
    where d.workspace_id = $1 and d.action_id = a.id and d.by_id like 'mem\\_%'
      and d.decision in ('approve', 'edit', 'revise', 'reject', 'cancel')) d on true
  order by a.id`

type Row = { readonly action: StoredRow; readonly payload: StoredRow; readonly became: unknown }

/** What was proposed in the past, a page at a time. */
export function pastActionRows(tx: Drizzle, workspaceId: WorkspaceId): PastActionRows {
  const query = queryOf(tx)
  return {
    async count({ since, until }) {
      const [row] = await query<{ n: number }>(COUNT, [workspaceId, since.toISOString(), until.toISOString()])
      return row?.n ?? 0
    },
    async page({ since, until, after, limit }) {
      const values = [workspaceId, since.toISOString(), until.toISOString(), after, limit]
      return (await query<Row>(PAGE, values)).map(pastAction)
    },
  }
}

function pastAction({ action, payload, became }: Row): PastAction {
  const row = fromText(became)
  // safe, all: rows of our own tables, under the names that the code has for their columns
  const rows = { action: fromJson(actions, action), payload: fromJson(payloads, payload) } as unknown as Pick<
    PastAction,
    'action' | 'payload'
  >
  const decisions = (row['decisions'] ?? []) as readonly { decision: string; at: string; outside: boolean }[]
  const rejected = row['rejected'] as { by: string; at: string; why: string | null } | null | undefined
  return {
    ...rows,
    became: {
      // safe: a state that a move wrote
      state: row['state'] as PastAction['became']['state'],
      approved: row['approved'] === true,
      executedAt: typeof row['executed_at'] === 'string' ? new Date(row['executed_at']) : null,
      decisions: decisions.map((one) => ({ ...one, at: new Date(one.at) })),
      rejected: rejected ? { ...rejected, at: new Date(rejected.at) } : null,
      undoneByAgent: typeof row['undone_by'] === 'string' && row['undone_by'].startsWith('agt_'),
      lookedAtMostSeconds: row['seconds'] === null || row['seconds'] === undefined ? null : Number(row['seconds']),
    },
  }
}
