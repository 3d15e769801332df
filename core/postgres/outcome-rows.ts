import { eq } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { OutcomeRows } from '../ports/outcomes.ts'
import { type Drizzle, queryOf } from './database.ts'
import { outcomes } from './schema/index.ts'
import { fromText } from './trust-row-shapes.ts'

// $1 workspace, $2 scope, $3 category, $4 metrics, $5 now, $6 version
const RAN = `ran as materialized (
    select a.id, a.kind, s.executed_at, s.approved from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and a.category = $3 and p.scope = $2 and a.agent_id is not null
      and s.state in ('executed', 'settled') and s.executed_at > $5::timestamptz - interval '365 days')`

const MEASURED = `with ${RAN},
  newest as (
    select distinct on (o.action_id, o.metric) o.metric, o.value, r.executed_at, r.approved
    from ran r join outcomes o on o.action_id = r.id where o.metric = any ($4::text[])
    order by o.action_id, o.metric, o.measured_at desc, o.id desc)
  select jsonb_build_object('metric', metric, 'approved', approved, 'count', count(*)::int, 'sum', sum(value),
    'squares', sum(value * value),
    'days', floor(extract(epoch from $5::timestamptz - executed_at) / 86400)::int) as row
  from newest group by metric, approved, floor(extract(epoch from $5::timestamptz - executed_at) / 86400)`

// A metric is asked for from the first version of the policy on that has had it without a break, of those that ever held
// everywhere and the one that is asked about: what is or was on trial elsewhere, or waits for a second person, is no
// break. It is expected of the kinds that it was ever measured of in the scope; before there is one, of all that a person or a level let have an effect.
const WAITED = `with ${RAN},
  held as (
    select v.version, v.document, coalesce(c.at, v.at) as at from policies v
    left join lateral (select min(c.at) as at from policy_confirmations c
      where c.workspace_id = v.workspace_id and c.version = v.version) c on true
    where v.workspace_id = $1 and v.version <= $6 and (not v.waits or c.at is not null)
      and (v.version = $6 or not exists (select from policy_trials t where t.workspace_id = v.workspace_id
        and t.version = v.version and t.outcome is distinct from 'promoted'))),
  asked as (
    select m.metric, (select min(v.at) from held v where v.version > coalesce((
        select max(w.version) from held w where not coalesce(w.document -> 'benchmarks', '[]'::jsonb)
          @> jsonb_build_array(jsonb_build_object('metric', m.metric, 'category', $3::text))), 0)) as since
    from unnest($4::text[]) as m (metric))
  select jsonb_build_object('metric', asked.metric, 'days', extract(epoch from
      coalesce(due.received_at, $5::timestamptz) - due.executed_at) / 86400) as row
  from asked cross join lateral (
    select r.executed_at,
      (select min(o.received_at) from outcomes o where o.action_id = r.id and o.metric = asked.metric) as received_at
    from ran r
    where r.executed_at >= asked.since and r.executed_at <= $5::timestamptz - interval '1 day'
      and (not exists (select from outcomes o join ran k on k.id = o.action_id where o.metric = asked.metric)
        or r.kind in (select k.kind from outcomes o join ran k on k.id = o.action_id where o.metric = asked.metric))
    order by r.executed_at desc limit 10) due`

/** The measured results of one workspace's actions. */
export function outcomeRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): OutcomeRows {
  const query = queryOf(tx)
  return {
    async record(rows) {
      if (rows.length === 0) return []
      const values = rows.map((row) => ({ ...row, workspaceId }))
      const kept = await tx.insert(outcomes).values(values).onConflictDoNothing().returning({ id: outcomes.id })
      return rows.filter((row) => kept.some(({ id }) => id === row.id))
    },

    of: (actionId) =>
      tx
        .select({ metric: outcomes.metric, value: outcomes.value, measuredAt: outcomes.measuredAt })
        .from(outcomes)
        .where(eq(outcomes.actionId, actionId)),

    async ofScope(scope, metrics, version) {
      const of = [workspaceId, scope, categoryOfScope(scope), metrics, now.toISOString()]
      const rows = async (text: string, values: readonly unknown[]) =>
        (await query<{ row: unknown }>(text, values)).map(({ row }) => fromText(row))
      const [measured, waited] = await Promise.all([
        rows(MEASURED, of),
        version === null ? [] : rows(WAITED, [...of, version]),
      ])
      return {
        measured: measured.map((row) => ({
          metric: String(row['metric']),
          approved: row['approved'] === true,
          daysAgo: Math.max(0, Number(row['days'])),
          count: Number(row['count']),
          sum: Number(row['sum']),
          sumOfSquares: Number(row['squares']),
        })),
        waited: waited.map((row) => ({ metric: String(row['metric']), days: Number(row['days']) })),
      }
    },
  }
}
