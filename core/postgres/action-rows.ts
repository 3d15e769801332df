import { and, desc, eq, getTableColumns, gt, gte, inArray, lt, or, type SQL, sql, type Table } from 'drizzle-orm'
import type { ActionId, AgentId, MemberId, PlanId, WorkspaceId } from '../domain/ids.ts'
import type { ActionQuery, PlanRow, StoredAction } from '../ports/rows.ts'
import { type Drizzle, queryOf } from './database.ts'
import { actionStates, actions, payloads, plans } from './schema/index.ts'

const LOAD = `select to_jsonb(a) as action, to_jsonb(p) as payload, to_jsonb(s) as state from actions a
  join action_states s on s.action_id = a.id
  join payloads p on p.action_id = s.action_id and p.revision = s.revision
  where a.id = $1 and a.workspace_id = $2`

/** A row as `to_jsonb` gives it; some drivers leave it as text. */
export type StoredRow = string | Readonly<Record<string, unknown>>
/** The three rows of an action as `to_jsonb` gives them; null where there is none. */
export type StoredJson = Readonly<Record<'action' | 'payload' | 'state', StoredRow | null>>
type Column = { readonly key: string; readonly name: string; readonly isInstant: boolean }

// $1 workspace, $2 but this one, $3 what it holds, $4 since when. Each arm by an index of its own.
const HOLDS = `workspace_id = $1 and action_id <> $2 and charges @> any ($3::text[]::jsonb[])`
const UNDER_WAY = `select exists (select from action_states where ${HOLDS} and state in ('executing', 'unknown', 'undoing'))
  or exists (select from action_states s where ${HOLDS} and state = 'ready'
    and exists (select from executions e where e.action_id = s.action_id and e.state = 'unknown'))
  or exists (select from action_states where ${HOLDS} and state = 'executed' and executed_at > $4::timestamptz)
  or exists (select from action_states where ${HOLDS} and state = 'undone' and undone_at > $4::timestamptz) as busy`

const columnsOf = new Map<Table, readonly Column[]>()

/** A row that came as JSON, under the names that the code has for its columns. */
export function fromJson(table: Table, given: StoredRow): Readonly<Record<string, unknown>> {
  let columns = columnsOf.get(table)
  if (!columns) {
    const found = Object.entries(getTableColumns(table))
    columns = found.map(([key, { name, dataType }]) => ({ key, name, isInstant: dataType === 'date' }))
    columnsOf.set(table, columns)
  }
  // safe: a row is an object; a driver may leave JSON as text
  const row = (typeof given === 'string' ? JSON.parse(given) : given) as Readonly<Record<string, unknown>>
  const out: Record<string, unknown> = {}
  for (const { key, name, isInstant } of columns) {
    const value = row[name] ?? null
    out[key] = isInstant && typeof value === 'string' ? new Date(value) : value
  }
  return out
}

export function storedFrom({ action, payload, state }: StoredJson): StoredAction {
  const rows = {
    action: fromJson(actions, action ?? {}),
    payload: fromJson(payloads, payload ?? {}),
    state: fromJson(actionStates, state ?? {}),
  }
  // safe: the columns of the three tables, as `fromRows` gets them
  return rows as unknown as StoredAction
}

/** Actions with the payload in force and the state row: three tables that are always read together. */
export function actionRows(tx: Drizzle, workspaceId: WorkspaceId) {
  const query = queryOf(tx)
  const joined = () =>
    tx
      .select({ action: actions, payload: payloads, state: actionStates })
      .from(actions)
      .innerJoin(actionStates, eq(actionStates.actionId, actions.id))
      .innerJoin(payloads, and(eq(payloads.actionId, actions.id), eq(payloads.revision, actionStates.revision)))

  return {
    async postpone(
      id: ActionId,
      expectedVersion: number,
      until: Date,
      tried?: { readonly tries: number; readonly note: string },
    ): Promise<void> {
      const told = tried ? { tries: tried.tries, remark: { note: tried.note, differences: [], preflight: [] } } : {}
      await tx
        .update(actionStates)
        .set({
          runAt: until,
          dueAt: sql`least(${until.toISOString()}::timestamptz, ${actionStates.expiresAt})`,
          ...told,
        })
        .where(and(eq(actionStates.actionId, id), eq(actionStates.version, expectedVersion)))
    },

    async findByKey(proposerId: AgentId | MemberId, key: string) {
      const rows = await tx
        .select({ id: actions.id, bodyDigest: actions.bodyDigest, planId: actions.planId })
        .from(actions)
        .where(
          and(
            eq(actions.workspaceId, workspaceId),
            eq(actions.proposerId, proposerId),
            eq(actions.idempotencyKey, key),
          ),
        )
      const row = rows[0]
      // safe: ids of ours, written by us
      return row ? { id: row.id as ActionId, bodyDigest: row.bodyDigest, planId: row.planId as PlanId | null } : null
    },

    async loadAction(id: ActionId): Promise<StoredAction | null> {
      const [row] = await query<StoredJson>(LOAD, [id, workspaceId])
      return row ? storedFrom(row) : null
    },

    async loadPlanActions(id: PlanId): Promise<readonly StoredAction[]> {
      const rows = await joined()
        .where(and(eq(actions.planId, id), eq(actions.workspaceId, workspaceId)))
        .orderBy(actions.step)
      return rows.map(fromRows)
    },

    async listCommitted(since: Date | null, everOf: readonly string[]): Promise<readonly StoredAction[]> {
      const isOf = inArray(actions.kind, [...everOf])
      const ran = and(
        inArray(actionStates.state, ['executed', 'undoing', 'undone', 'settled']),
        since === null ? undefined : or(isOf, gte(actionStates.executedAt, since)),
      )
      const rows = await joined().where(
        and(
          eq(actions.workspaceId, workspaceId),
          // A daily budget of nothing is a change, too.
          or(isOf, gt(actionStates.amountMinor, 0)),
          or(ran, inArray(actionStates.state, ['executing', 'unknown'])),
        ),
      )
      return rows.map(fromRows)
    },

    async isUnderWay(windows: readonly string[], except: ActionId, since: Date): Promise<boolean> {
      const named = windows.map((window) => JSON.stringify([{ window }]))
      const [row] = await query<{ readonly busy: boolean }>(UNDER_WAY, [
        workspaceId,
        except,
        named,
        since.toISOString(),
      ])
      return row?.busy === true
    },

    async listActions(query: ActionQuery): Promise<readonly StoredAction[]> {
      const rows = await joined()
        .where(and(eq(actions.workspaceId, workspaceId), ...filters(query)))
        .orderBy(desc(actions.id))
        .limit(query.limit)
      return rows.map(fromRows)
    },

    async insertPlan(row: PlanRow): Promise<boolean> {
      const inserted = await tx.insert(plans).values(row).onConflictDoNothing().returning({ id: plans.id })
      return inserted.length === 1
    },

    async loadPlan(id: PlanId): Promise<PlanRow | null> {
      const rows = await tx
        .select()
        .from(plans)
        .where(and(eq(plans.id, id), eq(plans.workspaceId, workspaceId)))
      // safe: columns written by insertPlan
      return (rows[0] ?? null) as PlanRow | null
    },

    async findPlanByKey(proposerId: AgentId | MemberId, key: string): Promise<PlanRow | null> {
      const rows = await tx
        .select()
        .from(plans)
        .where(and(eq(plans.workspaceId, workspaceId), eq(plans.proposerId, proposerId), eq(plans.idempotencyKey, key)))
      // safe: columns written by insertPlan
      return (rows[0] ?? null) as PlanRow | null
    },
  }
}

function filters(query: ActionQuery): SQL[] {
  const conditions: SQL[] = []
  if (query.states) conditions.push(inArray(actionStates.state, [...query.states]))
  if (query.kind) conditions.push(eq(actions.kind, query.kind))
  if (query.category) conditions.push(eq(actions.category, query.category))
  if (query.proposerId) conditions.push(eq(actions.proposerId, query.proposerId))
  if (query.before) conditions.push(lt(actions.id, query.before))
  return conditions
}

type Joined = {
  action: typeof actions.$inferSelect
  payload: typeof payloads.$inferSelect
  state: typeof actionStates.$inferSelect
}

export function fromRows(rows: Joined): StoredAction {
  // safe: the columns were written from the same types by the functions above
  return rows as unknown as StoredAction
}
