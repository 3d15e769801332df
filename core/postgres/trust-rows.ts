import type { ActionId, AgentId, MemberId, WorkspaceId } from '../domain/ids.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import { readLedgered } from '../domain/trust/ledger-trust.ts'
import { CAUSES } from '../domain/decision.ts'
import type { Input } from '../ports/kind.ts'
import type { PayloadRow } from '../ports/rows.ts'
import type { Json } from '../domain/canonical.ts'
import type { CountLocks, JudgedOn, StoredPress, TrustChange, TrustRows } from '../ports/trust.ts'
import { type Drizzle, type Query, queryOf } from './database.ts'
import { decisionRows } from './decision-rows.ts'
import { scopeRuns } from './scope-runs.ts'
import {
  bookOf,
  cellRow,
  dayRow,
  fromText,
  scopeRow,
  standingRow,
  toCell,
  toScope,
  toScopeDay,
  toStanding,
} from './trust-row-shapes.ts'

const OPEN = 'select tenure_open_book($1, $2::jsonb, $3::jsonb, $4::jsonb, $5, $6, $7, $8) as row'
const PROPOSED = `select jsonb_build_object('input', input, 'verdict', verdict, 'level', level) as row from payloads where workspace_id = $1 and action_id = $2 and revision = 1`
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
// Who began it, and what was said of it last, by them or by somebody else.
const UNDO = `select jsonb_build_object('by', claimed.body -> 'body' -> 'by', 'outside', said.body -> 'body' -> 'outside',
    'cause', said.body -> 'body' -> 'cause') as row
  from (select body::jsonb as body from ledger_events where workspace_id = $1 and subject = $2 and type = 'undo_claimed'
    order by subject_version desc limit 1) claimed,
  (select body::jsonb as body from ledger_events where workspace_id = $1 and subject = $2
    and type in ('undo_claimed', 'undo_explained') order by subject_version desc limit 1) said`

const RECORD_OF = `select body::jsonb -> 'body' -> 'trust' as row from ledger_events
  where workspace_id = $1 and subject in ($2, 'explained:' || $2) and strpos(body, '"trust":{') > 0 order by id desc limit 1`

const LEDGERED = `select id, jsonb_build_object('subject', coalesce(body::jsonb #>> '{body,action}', subject), 'at', at, 'trust', body::jsonb -> 'body' -> 'trust') as row
  from ledger_events where workspace_id = $1 and id > $2 and strpos(body, '"trust":{') > 0
    and body::jsonb -> 'body' -> 'trust' is not null
  order by id limit $3`

const SCOPES = `select jsonb_build_object('scope', scope) as row from trust_scopes where workspace_id = $1 order by scope`

/** What a move of trust changes, as `tenure_write` takes it. */
export const trustPart = (
  workspaceId: WorkspaceId,
  { cell, day, less, siblings = [], scopes = [], standings = [] }: TrustChange,
): Readonly<Record<string, Json>> => ({
  cells: [...(cell ? [cell] : []), ...siblings].map((one) => cellRow(workspaceId, one)),
  days: [day, less].flatMap((one) => (cell && one ? [dayRow(workspaceId, cell.scope, one)] : [])),
  scopes: scopes.map((scope) => scopeRow(workspaceId, scope)),
  standings: standings.map((standing) => standingRow(workspaceId, standing)),
})

/** The trust of one workspace: cells, days, scopes, and what of an action says how it was judged. */
export function trustRows(tx: Drizzle, workspaceId: WorkspaceId, now: Date): Omit<TrustRows, 'write'> {
  const query = queryOf(tx)
  const today = dayOf(now.getTime())
  const rows = async (text: string, values: readonly unknown[]) =>
    (await query<{ row: unknown }>(text, [workspaceId, ...values])).map(({ row }) => fromText(row))
  const open = async ({ windows, actionIds, categories }: CountLocks, book: readonly unknown[]) =>
    await query<{ row: unknown }>(OPEN, [
      workspaceId,
      ...[windows, actionIds, categories].map((keys) => JSON.stringify(keys)),
      ...book,
    ])

  return {
    async lock(locks) {
      await open(locks, [null, null, null, today])
    },

    async open({ scope, scenario, agentId }, locks) {
      const [answer] = await open(locks, [scope, scenario, agentId, today])
      return bookOf(answer?.row ?? {})
    },

    async recordOf(actionId) {
      const [row] = await rows(RECORD_OF, [actionId])
      const told = readLedgered(row)
      return told?.kind === 'counted' || told?.kind === 'explained' ? told.record : null
    },

    judgedOn: (actionId) => readJudgedOn(tx, rows, workspaceId, actionId, now),

    async readScopes(category) {
      const wanted = `workspace_id = $1 and ($2::text is null or starts_with(scope, $2::text || '.'))`
      const [scopes, cells, days] = await Promise.all([
        rows(`select to_jsonb(s) as row from trust_scopes s where ${wanted} order by scope`, [category]),
        rows(`select to_jsonb(c) as row from trust_cells c where ${wanted} order by scope, scenario, counted_at desc`, [
          category,
        ]),
        rows(`select to_jsonb(d) as row from trust_days d where ${wanted} and day > $3::int - 365`, [category, today]),
      ])
      const [allCells, allDays] = [cells.map(toCell), days.map(toScopeDay)]
      return scopes.map(toScope).map((found) => ({
        scope: found,
        cells: allCells.filter((cell) => cell.scope === found.scope),
        days: allDays.filter((day) => day.scope === found.scope),
      }))
    },

    scopes: async () => {
      const found = await rows(SCOPES, [])
      return found.map(({ scope }) => String(scope))
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
        days: days.map(toScopeDay),
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
    ...asProposed(proposed),
    press: press ? pressOf(press) : null,
    undo: undo ? undoOf(undo) : null,
  }
}

function asProposed(row: Readonly<Record<string, unknown>> | undefined): Pick<JudgedOn, 'proposed' | 'firstVerdict'> {
  // safe, all three: columns of a payload, which were parsed or made when it was proposed
  return {
    proposed: (row?.['input'] ?? {}) as Input,
    firstVerdict: {
      verdict: (row?.['verdict'] ?? null) as PayloadRow['verdict'],
      level: (row?.['level'] ?? null) as PayloadRow['level'],
    },
  }
}

function pressOf({ posted, previous, together }: Readonly<Record<string, unknown>>): StoredPress {
  const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null)
  return { postedAt: instant(posted), previousPressAt: instant(previous), together: Number(together) }
}

function undoOf(event: Readonly<Record<string, unknown>>): JudgedOn['undo'] {
  const { by, outside, cause } = event
  // safe: an id of ours, written by the undo
  return { by: by as AgentId | MemberId, outside: outside === true, cause: CAUSES.find((one) => one === cause) ?? null }
}
