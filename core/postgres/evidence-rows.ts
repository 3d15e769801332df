import type { ActionId, MemberId, WorkspaceId } from '../domain/ids.ts'
import { readLedgered } from '../domain/trust/ledger-trust.ts'
import type { Input, Preview } from '../ports/kind.ts'
import type { EvidenceRows } from '../ports/trust-evidence.ts'
import { type Drizzle, queryOf } from './database.ts'
import { fromText } from './trust-row-shapes.ts'

// Of every action the newest that was told of its trust, wherever it stands: what was taken back after it was counted is
// told beside the action. The key is looked for as text first: the bytes of an event are what was hashed, and no index.
const COUNTED = `with own as materialized (
    select a.id, p.preview from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and a.agent_id = $4 and a.scenario = $3 and p.scope = $2
      and s.state in ('settled', 'undone', 'rejected', 'cancelled', 'superseded', 'executed')
    order by a.id desc limit $5),
  told as materialized (
    select e.id, replace(e.subject, 'explained:', '') as action_id, e.at, e.body from ledger_events e
    where e.workspace_id = $1 and e.subject in (select id from own union all select 'explained:' || id from own)
      and strpos(e.body, '"trust":{') > 0
    union all
    select e.id, e.body::jsonb #>> '{body,action}', e.at, e.body from ledger_events e
    where e.workspace_id = $1 and e.subject = 'trust' and strpos(e.body, '"action":"') > 0)
  select to_jsonb(x) as row from (
    select distinct on (t.action_id) t.id, t.action_id as subject, t.at, t.body::jsonb -> 'body' -> 'trust' as trust, o.preview
    from told t join own o on o.id = t.action_id order by t.action_id, t.id desc) x
  where trust is not null order by id desc`

const APPROVALS = `select to_jsonb(x) as row from (
    select d.id, d.by_id, d.at, d.via, d.decision, p.preview, a.proposed_at,
      (select min(m.claimed_at) from messages m where m.workspace_id = $1 and m.subject in (a.id, a.plan_id)) as posted,
      (select max(o.at) from decisions o
        where o.workspace_id = $1 and o.by_id = d.by_id and o.via = 'slack' and o.at < d.at) as previous,
      (select count(*) from decisions o
        where o.workspace_id = $1 and o.by_id = d.by_id and o.via = 'slack' and o.at = d.at) as together
    from decisions d
    join actions a on a.id = d.action_id
    join payloads p on p.action_id = d.action_id and p.revision = d.revision
    where d.workspace_id = $1 and a.category = $2 and d.decision in ('approve', 'edit')
    order by d.id desc limit $3) x`

const EXPOSURE = `select to_jsonb(x) as row from (
    select count(*)::int as actions, coalesce(sum(p.people), 0)::bigint as people,
      coalesce(sum(p.amount_minor), 0)::bigint as amount, coalesce(max(p.people), 0) as most_people,
      coalesce(max(p.amount_minor), 0) as most_amount
    from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and p.scope = $2 and a.scenario = $3 and a.agent_id = $4 and a.proposed_at >= $5) x`

// What a person did not decide in time was never due: their delay is shown, and held against nobody.
const WAS_DUE = `from actions a
      join action_states s on s.action_id = a.id
      join payloads p on p.action_id = a.id and p.revision = s.revision
      where a.workspace_id = $1 and a.category = $2
        and (s.executed_at is not null or (s.state in ('failed', 'expired') and (s.approved
          or ((p.level ->> 'inForce')::int >= 3 and p.verdict ->> 'outcome' in ('pass', 'warn')))))`

const SLOTS = `select to_jsonb(x) as row from (
    select count(*)::int as due,
      count(*) filter (where w.executed_at <= w.slot_at + $4::float8 * interval '1 millisecond')::int as kept
    from (
      select a.slot_at, s.executed_at ${WAS_DUE} and a.slot_at is not null
      order by a.id desc limit $3) w) x`

const SLOT_WINDOWS = `select jsonb_build_object('due', count(w.slot_at)::int,
    'kept', count(*) filter (where w.executed_at <= w.slot_at + $3::float8 * interval '1 millisecond')::int) as row
  from generate_series(0, 1) as back
  join (select min(b.proposed_at) as at from actions b where b.workspace_id = $1 and b.category = $2) as first
    on first.at <= $4::timestamptz - (back + 1) * interval '30 days'
  left join (
    select a.slot_at, s.executed_at ${WAS_DUE} and a.slot_at > $4::timestamptz - interval '60 days') w
    on w.slot_at <= $4::timestamptz - back * interval '30 days'
    and w.slot_at > $4::timestamptz - (back + 1) * interval '30 days'
  group by back order by back`

const ENGAGEMENT = `select to_jsonb(x) as row from (
    select
      greatest(
        (select max(d.at) from decisions d join actions b on b.id = d.action_id
          where d.workspace_id = $1 and b.category = $2 and d.by_id like 'mem_%'),
        (select max(e.started_at) from executions e join actions b on b.id = e.action_id
          where e.workspace_id = $1 and b.category = $2 and e.direction = 'undo')) as manual,
      (select min(b.proposed_at) from actions b where b.workspace_id = $1 and b.category = $2) as first,
      count(*) filter (where s.executed_at is not null)::int as actions,
      count(*) filter (where s.executed_at is not null and not s.approved)::int as alone,
      count(distinct a.fingerprint)::int as versions
    from actions a join action_states s on s.action_id = a.id
    where a.workspace_id = $1 and a.category = $2 and a.proposed_at >= $3) x`

const RAN_ALONE = `select to_jsonb(x) as row from (
    select count(*)::int as actions, count(*) filter (where s.state = 'undone')::int as undone,
      count(*) filter (where exists (select from exceptions e where e.action_id = a.id and e.resolved_at is null))::int as exceptions
    from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and p.scope = $2 and a.scenario = $3 and a.agent_id = $4
      and s.executed_at >= $5 and s.executed_at < $6 and not s.approved) x`

const OBSERVED = `select to_jsonb(x) as row from (
    select a.kind, p.input, coalesce(s.executed_at, a.proposed_at) as at, a.agent_id is not null as observed
    from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and p.scope = $2 and a.proposed_at >= $3
      and ((a.agent_id is not null and s.state = 'observed') or (a.agent_id is null and s.executed_at is not null))
    order by a.id limit 2000) x`

const LAST_RAN = `select to_jsonb(x) as row from (
    select max(s.executed_at) as at from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and p.scope = $2 and a.scenario = $3 and a.agent_id = $4) x`

const WITHOUT_LISTS = (input: string): string =>
  `(select jsonb_object_agg(key, value) from jsonb_each(${input}) where jsonb_typeof(value) <> 'array')`

// Also what is only proposed yet: of pieces that are claimed at once each sees the others.
const PIECES = `select jsonb_build_object('count', count(*)::int, 'people', coalesce(sum(p.people), 0),
    'amount', coalesce(sum(p.amount_minor), 0)) as row
  from (select * from actions where workspace_id = $1 order by id desc limit 10000) a
  join action_states s on s.action_id = a.id
  join payloads p on p.action_id = a.id and p.revision = s.revision
  where a.agent_id = $2 and a.kind = $3 and a.connection_id = $4 and a.id <> $5
    and a.proposed_at > $6::timestamptz - interval '24 hours'
    and not s.approved and s.state in ('scheduled', 'held', 'ready', 'executing', 'unknown', 'executed', 'settled')
    and ${WITHOUT_LISTS('p.input')} is not distinct from ${WITHOUT_LISTS('$7::jsonb')}`

const LEDGER_CHECK = `select jsonb_build_object('at', at, 'found', body::jsonb #> '{body,found}') as row from ledger_events
  where workspace_id = $1 and subject = 'ledger_check' order by subject_version desc limit 1`

const RAN_HIGH = `select to_jsonb(x) as row from (
    select a.id, a.kind, a.agent_id, a.scenario, a.fingerprint, p.scope, p.preview, s.executed_at
    from actions a
    join action_states s on s.action_id = a.id
    join payloads p on p.action_id = a.id and p.revision = s.revision
    where a.workspace_id = $1 and a.agent_id is not null and s.state = 'settled' and not s.approved
      and not exists (select from decisions d where d.action_id = a.id and d.decision = 'confirm')
      and s.executed_at >= $2 and s.executed_at < $3 and (p.level ->> 'inForce')::int >= 4
    order by a.id) x`

const MS_PER_DAY = 86_400_000

/** What a proposal of more autonomy is judged on, read from what is stored of the actions themselves. */
export function evidenceRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): EvidenceRows {
  const query = queryOf(tx)
  const rows = async (text: string, values: readonly unknown[]) =>
    (await query<{ row: unknown }>(text, [workspaceId, ...values])).map(({ row }) => fromText(row))
  return {
    async counted({ scope, scenario, agentId }, limit) {
      const found = await rows(COUNTED, [scope, scenario, agentId, limit])
      return found.flatMap(({ subject, at, trust, preview }) => {
        const told = readLedgered(trust)
        // safe, both: an action's own id, and its preview as it was written
        const [actionId, { title }] = [subject as ActionId, preview as Preview]
        return told?.kind === 'counted' || told?.kind === 'explained'
          ? [{ actionId, title, at: new Date(String(at)), record: told.record }]
          : []
      })
    },

    async approvals(category, limit) {
      const found = await rows(APPROVALS, [category, limit])
      return found.map((row) => ({
        // safe, both: written by the decision and by the evaluation
        byId: row['by_id'] as MemberId,
        preview: row['preview'] as Preview,
        at: new Date(String(row['at'])),
        via: String(row['via']),
        wasEdited: row['decision'] === 'edit',
        proposedAt: new Date(String(row['proposed_at'])),
        press:
          row['via'] === 'slack'
            ? {
                postedAt: instant(row['posted']),
                previousPressAt: instant(row['previous']),
                together: Number(row['together']),
              }
            : null,
      }))
    },

    async exposure({ scope, scenario, agentId }, since) {
      const [row] = await rows(EXPOSURE, [scope, scenario, agentId, since.toISOString()])
      return {
        actions: Number(row?.['actions'] ?? 0),
        people: Number(row?.['people'] ?? 0),
        amountMinor: Number(row?.['amount'] ?? 0),
        mostPeople: Number(row?.['most_people'] ?? 0),
        mostMinor: Number(row?.['most_amount'] ?? 0),
      }
    },

    async piecesOf({ action, payload }) {
      const { agentId, kind, connectionId, id } = action
      const values = [agentId, kind, connectionId, id, now.toISOString(), JSON.stringify(payload.input)]
      const [row] = await rows(PIECES, values)
      return { count: Number(row?.['count']), people: Number(row?.['people']), amountMinor: Number(row?.['amount']) }
    },

    async lastLedgerCheck() {
      const [row] = await rows(LEDGER_CHECK, [])
      return row ? { at: new Date(String(row['at'])), found: Number(row['found']) } : null
    },

    async slotWindows(category, graceMs) {
      const found = await rows(SLOT_WINDOWS, [category, graceMs, now.toISOString()])
      return found.map((row) => ({ kept: Number(row['kept']), due: Number(row['due']) }))
    },

    async ranHigh(from, until) {
      const found = await rows(RAN_HIGH, [from.toISOString(), until.toISOString()])
      return found.map((row) => ({
        // safe, all three: columns of an action and of its payload
        actionId: row['id'] as ActionId,
        fingerprint: row['fingerprint'] as Readonly<Record<string, string>>,
        title: (row['preview'] as Preview).title,
        kindId: String(row['kind']),
        agentId: String(row['agent_id']),
        scenario: String(row['scenario']),
        scope: String(row['scope']),
        executedAt: new Date(String(row['executed_at'])),
      }))
    },

    async observed(scope, since) {
      const found = (await rows(OBSERVED, [scope, since.toISOString()])).map((row) => ({
        isObserved: row['observed'] === true,
        kindId: String(row['kind']),
        // safe: an input that was parsed when it was proposed
        input: row['input'] as Input,
        at: new Date(String(row['at'])),
      }))
      return {
        proposals: found.filter(({ isObserved }) => isObserved),
        done: found.filter(({ isObserved }) => !isObserved),
      }
    },

    async lastRanAt({ scope, scenario, agentId }) {
      const [row] = await rows(LAST_RAN, [scope, scenario, agentId])
      return instant(row?.['at'])
    },

    async engagement(category, since) {
      const [row] = await rows(ENGAGEMENT, [category, since.toISOString()])
      const last = instant(row?.['manual']) ?? instant(row?.['first']) ?? now
      return {
        daysSinceManual: Math.floor((now.getTime() - last.getTime()) / MS_PER_DAY),
        actions: Number(row?.['actions'] ?? 0),
        handledAlone: Number(row?.['alone'] ?? 0),
        versions: Number(row?.['versions'] ?? 0),
      }
    },

    async ranAlone({ scope, scenario, agentId }, from, until) {
      const [row] = await rows(RAN_ALONE, [scope, scenario, agentId, from.toISOString(), until.toISOString()])
      return {
        actions: Number(row?.['actions'] ?? 0),
        undone: Number(row?.['undone'] ?? 0),
        exceptions: Number(row?.['exceptions'] ?? 0),
      }
    },

    async slots(category, limit, graceMs) {
      const [row] = await rows(SLOTS, [category, limit, graceMs])
      return { kept: Number(row?.['kept'] ?? 0), due: Number(row?.['due'] ?? 0) }
    },
  }
}

const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null)
