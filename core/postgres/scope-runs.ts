import type { WorkspaceId } from '../domain/ids.ts'
import type { Side } from '../domain/rollout/compare-with-baseline.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { ScopeRuns, TrustRows } from '../ports/trust.ts'
import type { Query } from './database.ts'
import { pressSeconds } from './press-seconds.ts'

/**
 * Of every run: whether people were asked or it acted by itself, and what became of it. By itself is what ran, or was
 * stopped by a person in its hold, without an approval and at level 3 or more.
 */
const RUNS = `with found as (
    select a.id, a.plan_id, s.state, s.approved, s.executed_at, p.verdict ->> 'outcome' as outcome,
      coalesce((p.level ->> 'inForce')::int, 2) >= 3 as may_run
    from actions a
      join action_states s on s.action_id = a.id and s.workspace_id = a.workspace_id
      join payloads p on p.action_id = a.id and p.revision = s.revision and p.workspace_id = a.workspace_id
    where a.workspace_id = $1 and a.category = $2 and p.scope = $3 and a.proposed_at > $4::timestamptz
      and a.agent_id is not null and not a.dry_run
      and not exists (select from jsonb_array_elements_text($5::jsonb) left_out where left_out = a.kind)),
  timed as (
    select d.*, ${pressSeconds('f.id, f.plan_id')} as seconds
    from decisions d join found f on f.id = d.action_id where d.workspace_id = $1),
  decided as (
    select action_id, max(at) as at, bool_or(outside) as outside,
      bool_or(decision in ('approve', 'edit', 'revise')) as accepted,
      bool_or(decision = 'reject') as rejected,
      bool_or(decision = 'confirm') as seen,
      bool_or(decision = 'cancel' and by_id like 'mem\\_%') as stopped,
      count(seconds) as timed, coalesce(sum(seconds), 0) as seconds
    from timed group by action_id),
  undone as (
    select distinct on (e.subject) e.subject, (e.body::jsonb -> 'body' ->> 'outside')::boolean as outside
    from ledger_events e join found f on f.id = e.subject
    where e.workspace_id = $1 and e.type = 'undo_claimed' and f.state in ('undoing', 'undone')
    order by e.subject, e.subject_version desc),
  runs as (
    select coalesce(f.executed_at, d.at) as at, d.at as decided_at, d.timed, d.seconds,
      coalesce(d.outside, false) or coalesce(u.outside, false) as outside,
      coalesce(d.seen, false) as seen,
      f.state in ('undoing', 'undone') or f.state = 'cancelled' as overridden,
      coalesce(d.rejected, false) as rejected,
      f.may_run and not f.approved and (
        f.executed_at is not null or (f.state = 'cancelled' and f.outcome <> 'ask' and coalesce(d.stopped, false))) as alone,
      (d.accepted or d.rejected) and f.state not in ('cancelled', 'expired', 'failed') as asked
    from found f left join decided d on d.action_id = f.id left join undone u on u.subject = f.id),
  first as (select min(at) as at from runs where alone),
  sides as (
    select alone, count(*) as runs,
      count(*) filter (where not outside and (not alone or seen or overridden)) as judged,
      count(*) filter (where not outside and (overridden or (rejected and not alone))) as overridden,
      coalesce(sum(timed), 0) as timed, coalesce(sum(seconds), 0) / 60 as minutes
    from runs where alone or (asked and (decided_at < (select at from first)) is not false)
    group by alone)
  select (select (extract(epoch from at) * 1000)::float8 from first) as since_ms,
    (select to_jsonb(s) from sides s where not alone) as baseline,
    (select to_jsonb(s) from sides s where alone) as autonomous`

type Row = { readonly since_ms: number | null; readonly baseline: unknown; readonly autonomous: unknown }

/** What became of the runs of a scope, before it first acted by itself and since. */
export const scopeRuns =
  (query: Query, workspaceId: WorkspaceId): TrustRows['runsOf'] =>
  async (scope, { after, leftOut }): Promise<ScopeRuns> => {
    const values = [workspaceId, categoryOfScope(scope), scope, after.toISOString(), JSON.stringify(leftOut)]
    const [row] = await query<Row>(RUNS, values)
    if (!row) throw new Error('The database did not answer')
    return {
      since: row.since_ms === null ? null : new Date(Number(row.since_ms)),
      baseline: toSide(row.baseline),
      autonomous: toSide(row.autonomous),
    }
  }

function toSide(given: unknown): Side {
  // safe: an object of the statement's own columns; null where there was no run
  const row = (typeof given === 'string' ? JSON.parse(given) : (given ?? {})) as Readonly<Record<string, unknown>>
  const number = (name: string): number => Number(row[name] ?? 0)
  return {
    runs: number('runs'),
    judged: number('judged'),
    overridden: number('overridden'),
    timed: number('timed'),
    reviewMinutes: number('minutes'),
  }
}
