import type { ActionId, AgentId, MemberId, WorkspaceId } from '../domain/ids.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import { readLedgered } from '../domain/trust/ledger-trust.ts'
import type { Input } from '../ports/kind.ts'
import type { CountLocks, JudgedOn, StoredPress, TrustRows } from '../ports/trust.ts'
import { type Drizzle, type Query, queryOf } from './database.ts'
import { decisionRows } from './decision-rows.ts'
import { scopeRuns } from './scope-runs.ts'
import {
  cellRow,
  dayRow,
  fromText,
  scopeRow,
  standingRow,
  toAge,
  toCell,
  toDay,
  toScope,
  toStanding,
} from './trust-row-shapes.ts'

const LOCK_BUDGETS = `select 1 from budgets where workspace_id = $1
  and "window" in (select jsonb_array_elements_text($2::jsonb)) order by "window" for update`
const LOCK_STATES = `select 1 from action_states where workspace_id = $1
  and action_id in (select jsonb_array_elements_text($2::jsonb)) order by action_id for update`
// A name instead of a row: the first decision of a category finds none to lock, and the rows themselves get no version by it.
const LOCK_CATEGORIES = `select pg_advisory_xact_lock(hashtextextended('trust:' || $1::text || ':' || category, 0))
  from (select category from jsonb_array_elements_text($2::jsonb) category order by 1) wanted`

/**
 * Scopes and standings of the category; of the scope its cells (those of the agent's scenario with their state) and its days: those of the last 90, and
 * older ones of the year where those hold fewer than 50 decisions, which is what a window may need.
 */
const BOOK = `select jsonb_build_object(
    'scopes', (select jsonb_agg(to_jsonb(s)) from trust_scopes s
      where workspace_id = $1 and starts_with(scope, $2::text || '.')),
    'cells', (select jsonb_agg(case when scenario = $4 and agent_id = $5 then to_jsonb(c) else to_jsonb(c) - 'state' end)
      from trust_cells c where workspace_id = $1 and scope = $3),
    'standings', (select jsonb_agg(to_jsonb(g) order by g.scope, g.scenario, g.agent_id) from standings g
      where workspace_id = $1 and starts_with(scope, $2::text || '.')),
    'days', (select jsonb_agg(to_jsonb(d)) from trust_days d
      where workspace_id = $1 and scope = $3 and day > $6::int - 365 and (day > $6::int - 90 or 50 > (
        select coalesce(sum(decisions), 0) from trust_days
        where workspace_id = $1 and scope = $3 and day > $6::int - 90 and day <= $6::int)))) as row`
const PROPOSED = `select input as row from payloads where workspace_id = $1 and action_id = $2 and revision = 1`
const PRESS = `select to_jsonb(p) as row from (
    select
      (select min(m.claimed_at) from messages m where m.workspace_id = $1 and m.subject in (a.id, a.plan_id)) as posted,
      (select max(o.at) from decisions o
        where o.workspace_id = $1 and o.by_id = d.by_id and o.via = 'slack' and o.at < d.at) as previous,
      (select count(*) from decisions o
        where o.workspace_id = $1 and o.by_id = d.by_id and o.via = 'slack' and o.at = d.at) as together
    from (select * from decisions where workspace_id = $1 and action_id = $2 and decision in ('approve', 'edit', 'revise')
      order by id desc limit 1) d join actions a on a.id = d.action_id
    where d.via = 'slack') p`
const UNDO = `select body as row from ledger_events where workspace_id = $1 and subject = $2 and type = 'undo_claimed'
  order by subject_version desc limit 1`

const WRITE = `with cell as (
    insert into trust_cells select * from jsonb_populate_recordset(null::trust_cells, $1::jsonb)
    on conflict (workspace_id, scope, scenario, agent_version) do update set
      wording = excluded.wording, wording_changes = excluded.wording_changes, version = excluded.version,
      state = excluded.state, counted_at = excluded.counted_at),
  day as (
    insert into trust_days as d select * from jsonb_populate_recordset(null::trust_days, $2::jsonb)
    on conflict (workspace_id, scope, day, scenario, agent_version, wording_changes) do update set
      decisions = d.decisions + excluded.decisions,
      approval_quarters = d.approval_quarters + excluded.approval_quarters,
      rejections = d.rejections + excluded.rejections,
      quality_quarter_micros = d.quality_quarter_micros + excluded.quality_quarter_micros,
      confidence_quarter_micros = d.confidence_quarter_micros + excluded.confidence_quarter_micros,
      severity_micros = d.severity_micros + excluded.severity_micros),
  standing as (
    insert into standings select * from jsonb_populate_recordset(null::standings, $4::jsonb)
    on conflict (workspace_id, scope, scenario, agent_id) do update set
      agent_version = excluded.agent_version, is_proven = excluded.is_proven, level = excluded.level, tier = excluded.tier,
      is_locked = excluded.is_locked, epoch = excluded.epoch, by_id = excluded.by_id, at = excluded.at,
      until = excluded.until, first_at = excluded.first_at, reclaimed = excluded.reclaimed,
      left_high_at = excluded.left_high_at)
  insert into trust_scopes select * from jsonb_populate_recordset(null::trust_scopes, $3::jsonb)
  on conflict (workspace_id, scope) do update set
    tier = excluded.tier, penalty = excluded.penalty, lock = excluded.lock, last_day = excluded.last_day,
    "drop" = excluded."drop"`
const RECORD_OF = `select body::jsonb -> 'body' -> 'trust' as row from ledger_events
  where workspace_id = $1 and subject = $2 and strpos(body, '"trust":{') > 0 order by subject_version desc limit 1`

const LEDGERED = `select id, jsonb_build_object('subject', coalesce(body::jsonb #>> '{body,action}', subject), 'at', at, 'trust', body::jsonb -> 'body' -> 'trust') as row
  from ledger_events where workspace_id = $1 and id > $2 and strpos(body, '"trust":{') > 0
    and body::jsonb -> 'body' -> 'trust' is not null
  order by id limit $3`

/** The trust of one workspace: cells, days, scopes, and what of an action says how it was judged. */
export function trustRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): TrustRows {
  const query = queryOf(tx)
  const today = dayOf(now.getTime())
  const rows = async (text: string, values: readonly unknown[]) =>
    (await query<{ row: unknown }>(text, [workspaceId, ...values])).map(({ row }) => fromText(row))
  const lock = async ({ windows, actionIds, categories }: CountLocks): Promise<void> => {
    // Sent together, in the lock order.
    await Promise.all([
      windows.length > 0 ? query(LOCK_BUDGETS, [workspaceId, JSON.stringify(windows)]) : null,
      query(LOCK_STATES, [workspaceId, JSON.stringify(actionIds)]),
      query(LOCK_CATEGORIES, [workspaceId, JSON.stringify(categories)]),
    ])
  }

  return {
    lock,

    async open({ scope, scenario, agentId }, locks) {
      // Sent together: one round trip, and the book is read under the locks.
      const [, [book]] = await Promise.all([
        lock(locks),
        rows(BOOK, [categoryOfScope(scope), scope, scenario, agentId, today]),
      ])
      const cells = listOf(book?.['cells'])
      return {
        scopes: listOf(book?.['scopes']).map(toScope),
        cells: cells.map(toAge),
        versions: cells.filter((row) => 'state' in row).map(toCell),
        days: listOf(book?.['days']).map(toDay),
        standings: listOf(book?.['standings']).map(toStanding),
      }
    },

    async recordOf(actionId) {
      const [row] = await rows(RECORD_OF, [actionId])
      const told = readLedgered(row)
      return told?.kind === 'counted' ? told.record : null
    },

    judgedOn: (actionId) => readJudgedOn(tx, rows, workspaceId, actionId, now),

    async write({ cell, day, less, scopes = [], standings = [] }) {
      const days = [day, less].filter((one) => one !== undefined && one !== null)
      await query(WRITE, [
        JSON.stringify(cell ? [cellRow(workspaceId, cell)] : []),
        JSON.stringify(cell ? days.map((one) => dayRow(workspaceId, cell.scope, one)) : []),
        JSON.stringify(scopes.map((scope) => scopeRow(workspaceId, scope))),
        JSON.stringify(standings.map((standing) => standingRow(workspaceId, standing))),
      ])
    },

    async readScopes(category) {
      const wanted = `workspace_id = $1 and ($2::text is null or starts_with(scope, $2::text || '.'))`
      const [scopes, cells, days] = await Promise.all([
        rows(`select to_jsonb(s) as row from trust_scopes s where ${wanted} order by scope`, [category]),
        rows(`select to_jsonb(c) as row from trust_cells c where ${wanted} order by scope, scenario, counted_at desc`, [
          category,
        ]),
        rows(`select to_jsonb(d) as row from trust_days d where ${wanted} and day > $3::int - 365`, [category, today]),
      ])
      const [allCells, allDays] = [cells.map(toCell), days.map(toDay)]
      return scopes.map(toScope).map((found) => ({
        scope: found,
        cells: allCells.filter((cell) => cell.scope === found.scope),
        days: allDays.filter((day) => day.scope === found.scope),
      }))
    },

    runsOf: scopeRuns(query, workspaceId),

    async ledgered(afterLedgerId, limit) {
      const found = await query<{ id: string | number; row: unknown }>(LEDGERED, [workspaceId, afterLedgerId, limit])
      return found.map(({ id, row }) => {
        const { subject, at, trust } = fromText(row)
        return { ledgerId: Number(id), subject: String(subject), at: new Date(String(at)), told: readLedgered(trust) }
      })
    },

    async readAll() {
      const [cells, days, scopes, standings] = await Promise.all([
        rows('select to_jsonb(c) as row from trust_cells c where workspace_id = $1', []),
        rows('select to_jsonb(d) as row from trust_days d where workspace_id = $1', []),
        rows('select to_jsonb(s) as row from trust_scopes s where workspace_id = $1', []),
        rows('select to_jsonb(g) as row from standings g where workspace_id = $1', []),
      ])
      return {
        cells: cells.map(toCell),
        days: days.map(toDay),
        scopes: scopes.map(toScope),
        standings: standings.map(toStanding),
      }
    },

    async replaceAll({ cells, days, scopes, standings }) {
      await replace(
        query,
        workspaceId,
        'trust_cells',
        cells.map((cell) => cellRow(workspaceId, cell)),
      )
      await replace(
        query,
        workspaceId,
        'trust_days',
        days.map(({ scope, ...day }) => dayRow(workspaceId, scope, day)),
      )
      await replace(
        query,
        workspaceId,
        'trust_scopes',
        scopes.map((scope) => scopeRow(workspaceId, scope)),
      )
      await replace(
        query,
        workspaceId,
        'standings',
        standings.map((standing) => standingRow(workspaceId, standing)),
      )
    },
  }
}

async function replace(query: Query, workspaceId: WorkspaceId, table: string, given: readonly unknown[]) {
  await query(`delete from ${table} where workspace_id = $1`, [workspaceId])
  const insert = `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`
  await query(insert, [JSON.stringify(given)])
}

// safe: what `jsonb_agg` gives of rows; null of none
const listOf = (rows: unknown) => (rows ?? []) as readonly Readonly<Record<string, unknown>>[]

type ReadRows = (text: string, values: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>

async function readJudgedOn(
  tx: Drizzle,
  rows: ReadRows,
  workspaceId: WorkspaceId,
  actionId: ActionId,
  now: Date,
): Promise<JudgedOn> {
  const [decisions, [proposed], [press], [undo]] = await Promise.all([
    decisionRows(tx, workspaceId, now).listDecisions([actionId]),
    rows(PROPOSED, [actionId]),
    rows(PRESS, [actionId]),
    rows(UNDO, [actionId]),
  ])
  return {
    decisions,
    // safe: a payload's input, which was parsed when it was proposed
    proposed: (proposed ?? {}) as Input,
    press: press ? pressOf(press) : null,
    undo: undo ? undoOf(undo) : null,
  }
}

function pressOf({ posted, previous, together }: Readonly<Record<string, unknown>>): StoredPress {
  const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null)
  return { postedAt: instant(posted), previousPressAt: instant(previous), together: Number(together) }
}

function undoOf(event: Readonly<Record<string, unknown>>): JudgedOn['undo'] {
  const { by, outside } = fromText(event['body'])
  // safe: an id of ours, written by the undo
  return { by: by as AgentId | MemberId, outside: outside === true }
}
