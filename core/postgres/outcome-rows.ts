import type { WorkspaceId } from '../domain/ids.ts'
import type { OutcomeRows } from '../ports/outcomes.ts'
import { type Drizzle, queryOf } from './database.ts'
import { outcomes } from './schema/index.ts'
import { fromText } from './trust-row-shapes.ts'

const OF_SCOPE = `with ran as materialized (
    select a.id, s.executed_at, s.approved from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and p.scope = $2 and a.agent_id is not null and s.state in ('executed', 'settled')
      and s.executed_at > $4::timestamptz - interval '365 days'
    order by s.executed_at desc limit 500)
  select jsonb_build_object('ran_at', r.executed_at, 'approved', r.approved,
    'received_at', (select min(o.received_at) from outcomes o where o.action_id = r.id and o.metric = any ($3::text[])),
    'values', (select jsonb_agg(n) from (
      select distinct on (o.metric) o.metric, o.value from outcomes o
      where o.action_id = r.id and o.metric = any ($3::text[]) order by o.metric, o.measured_at desc, o.id desc) n)) as row
  from ran r`

/** The measured results of one workspace's actions. */
export function outcomeRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): OutcomeRows {
  const query = queryOf(tx)
  return {
    async record(rows) {
      if (rows.length === 0) return 0
      const values = rows.map((row) => ({ ...row, workspaceId }))
      return (await tx.insert(outcomes).values(values).onConflictDoNothing().returning({ id: outcomes.id })).length
    },

    async ofScope(scope, metrics) {
      const found = await query<{ row: unknown }>(OF_SCOPE, [workspaceId, scope, metrics, now.toISOString()])
      const rows = found
        .map(({ row }) => fromText(row))
        .map(({ ran_at: ranAt, received_at: receivedAt, ...rest }) => ({
          ranAtMs: Date.parse(String(ranAt)),
          receivedAtMs: typeof receivedAt === 'string' ? Date.parse(receivedAt) : null,
          approved: rest['approved'] === true,
          // safe: made by the statement above; null where nothing was measured
          values: (rest['values'] ?? []) as readonly { readonly metric: string; readonly value: number }[],
        }))
      return {
        due: rows.map(({ ranAtMs, receivedAtMs }) => ({ ranAtMs, receivedAtMs })),
        measured: rows.flatMap(({ values, ranAtMs, approved }) => values.map((one) => ({ ...one, ranAtMs, approved }))),
      }
    },
  }
}
