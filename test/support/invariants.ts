import { canMove, isInFlight, type State, STATES } from '../../core/domain/action-states.ts'
import { type HeldCharge, holdingIn } from '../../core/domain/money-by-state.ts'
import type { Database } from '../../core/postgres/database.ts'

/** What must hold of every action in a database after any crash, once the sweeps have run. Each answer is one breach. */
export async function brokenInvariants(database: Pick<Database, 'query'>, now: Date): Promise<readonly string[]> {
  const read = await readAll(database)
  return [
    ...read.actions.flatMap((action) => [
      ...ledgerBreaches(action, read.events.get(action.id) ?? []),
      ...executionBreaches(action, read.executions.get(action.id) ?? []),
      ...progressBreaches(action, now),
      ...(action.state === 'awaiting_approval' && !read.cards.has(action.planId ?? action.id)
        ? [`${action.id} waits for a person and nothing draws its card`]
        : []),
    ]),
    ...budgetBreaches(read.actions, read.budgets),
    ...switchBreaches(read.switches, read.events),
    ...gapBreaches(read.events),
  ]
}

type Action = {
  readonly id: string
  readonly workspaceId: string
  readonly planId: string | null
  readonly state: State
  readonly version: number
  readonly attempt: number
  readonly approved: boolean
  readonly dueAt: Date | null
  readonly leaseUntil: Date | null
  readonly undoUntil: Date | null
  readonly charges: readonly HeldCharge[]
  readonly openExceptions: readonly string[]
  readonly frozen: boolean
}
type Event = {
  readonly version: number
  readonly type: string
  readonly from: string | null
  readonly to: string | null
}
type Execution = { readonly attempt: number; readonly direction: string; readonly state: string }
type Switch = { readonly id: string; readonly lifted: boolean }
type Budget = { readonly reserved: number; readonly committed: number }

/** Versions run from 1 to the row's without a gap, each move is in the table, and the last one led to where the row is. */
function ledgerBreaches(action: Action, events: readonly Event[]): readonly string[] {
  const found: string[] = []
  if (events.some(({ version }, index) => version !== index + 1) || events.length !== action.version)
    found.push(`${action.id}: the ledger has ${events.map(({ version }) => version).join(',')} of ${action.version}`)
  if (events.at(-1)?.to !== action.state)
    found.push(`${action.id} is ${action.state}; the ledger says ${events.at(-1)?.to}`)
  for (const [index, { from, to }] of events.entries()) {
    const before = events[index - 1]?.to
    if (index > 0 && (from !== before || !canMove(asState(from), asState(to))))
      found.push(`${action.id}: the ledger moves from ${from} to ${to} after ${before}`)
  }
  return found
}

/** At most one attempt runs, and exactly then the action is on its way; what was done or undone has the attempt that did it. */
function executionBreaches(action: Action, executions: readonly Execution[]): readonly string[] {
  const found: string[] = []
  const running = executions.filter(({ state }) => state === 'running')
  const last = executions.at(-1)
  const lastIs = (direction: string, ...states: readonly string[]): boolean =>
    last !== undefined && last.direction === direction && states.includes(last.state)
  const lost = executions.some(({ direction, state }) => direction === 'do' && state === 'unknown')
  const agrees =
    action.state === 'executing'
      ? lastIs('do', 'running')
      : action.state === 'undoing'
        ? lastIs('undo', 'running', 'unknown')
        : running.length === 0 && (action.state !== 'unknown' || lost)
  if (running.length > 1 || !agrees)
    found.push(`${action.id} is ${action.state} with attempts ${JSON.stringify(executions)}`)
  if (action.attempt !== (last?.attempt ?? 0))
    found.push(`${action.id} counts ${action.attempt} attempts; there are ${last?.attempt ?? 0}`)
  const did = (direction: string) => executions.filter((row) => row.direction === direction && row.state === 'done')
  if (['executed', 'settled'].includes(action.state) && (did('do').length === 0 || did('undo').length > 0))
    found.push(`${action.id} is ${action.state} without an attempt that did it`)
  if (['awaiting_approval', 'rejected', 'cancelled', 'expired', 'failed'].includes(action.state) && lost)
    found.push(`${action.id} is ${action.state} although an attempt may have gone through`)
  if (action.state === 'undone' && (did('do').length === 0 || did('undo').length !== 1))
    found.push(`${action.id} is undone by ${did('undo').length} attempts`)
  if (['rejected', 'cancelled', 'expired', 'blocked', 'failed'].includes(action.state) && did('do').length > 0)
    found.push(`${action.id} is ${action.state} although an attempt did it`)
  return found
}

/** Whatever is not at its end is moved on by a clock, a person, an earlier step of its plan or an open exception. */
function progressBreaches(action: Action, now: Date): readonly string[] {
  const { id, state, dueAt, leaseUntil, openExceptions } = action
  const found: string[] = []
  if ((state === 'executing' || state === 'undoing') && (leaseUntil === null || leaseUntil <= now))
    found.push(`${id} is ${state} past its lease`)
  if (state === 'unknown' && dueAt === null && !openExceptions.includes('unknown_outcome'))
    found.push(`${id} is unknown and nobody looks or is asked`)
  if (state !== 'unknown' && openExceptions.includes('unknown_outcome'))
    found.push(`${id} is ${state} and a person is still asked whether it happened`)
  const waitsForTurn = state === 'scheduled' && action.planId !== null
  if ((isInFlight(state) || state === 'proposed') && dueAt === null && !waitsForTurn)
    found.push(`${id} is ${state} for ever`)
  if ((isInFlight(state) || state === 'proposed') && dueAt !== null && dueAt <= now && !action.frozen)
    found.push(`${id} is ${state} and overdue since ${dueAt.toISOString()}`)
  if (state === 'executed' && action.undoUntil !== null && dueAt === null) found.push(`${id} is never settled`)
  return found
}

/** The counters of a window are the sums of what the states hold of it. */
function budgetBreaches(actions: readonly Action[], budgets: ReadonlyMap<string, Budget>): readonly string[] {
  const sums = new Map<string, { reserved: number; committed: number }>()
  for (const { workspaceId, charges, state } of actions) {
    const holding = holdingIn(state)
    if (holding === 'none') continue
    for (const { window, amountMinor } of charges) {
      const key = `${workspaceId} ${window}`
      const sum = sums.get(key) ?? { reserved: 0, committed: 0 }
      sum[holding] += amountMinor
      sums.set(key, sum)
    }
  }
  return [...new Set([...sums.keys(), ...budgets.keys()])].flatMap((key) => {
    const [is, should] = [budgets.get(key), sums.get(key)].map((row) => row ?? { reserved: 0, committed: 0 })
    const same = is?.reserved === should?.reserved && is?.committed === should?.committed
    return same ? [] : [`the budget ${key} says ${JSON.stringify(is)}; the actions hold ${JSON.stringify(should)}`]
  })
}

/** Whatever the ledger tells of, it tells of every version. */
function gapBreaches(events: ReadonlyMap<string, readonly Event[]>): readonly string[] {
  return [...events].flatMap(([subject, of]) =>
    of.some(({ version }, index) => version !== index + 1)
      ? [`the ledger of ${subject} has ${of.map(({ version }) => version).join()}`]
      : [],
  )
}

/** A stop is in the ledger when it was set and when it was lifted. */
function switchBreaches(switches: readonly Switch[], events: ReadonlyMap<string, readonly Event[]>): readonly string[] {
  return switches.flatMap(({ id, lifted }) => {
    const types = (events.get(id) ?? []).map(({ type }) => type).join()
    return types === (lifted ? 'stopped,resumed' : 'stopped')
      ? []
      : [`${id} (lifted: ${lifted}) has the events ${types}`]
  })
}

async function readAll(database: Pick<Database, 'query'>) {
  const actions = await database.query(
    `select a.id, a.workspace_id, a.plan_id, st.*, coalesce((select array_agg(e.source) from exceptions e
       where e.action_id = a.id and e.resolved_at is null), '{}') as open_exceptions,
       exists (select from switches s where s.lifted_at is null and s.workspace_id in ('*', a.workspace_id)) as frozen
     from actions a join action_states st on st.action_id = a.id`,
    [],
  )
  const events = await database.query(
    `select subject, subject_version, type, body::jsonb->'body'->>'from' as "from", body::jsonb->'body'->>'to' as "to"
     from ledger_events order by subject, subject_version`,
    [],
  )
  const executions = await database.query('select * from executions order by action_id, attempt', [])
  const budgets = await database.query('select * from budgets', [])
  const switches = await database.query('select id, lifted_at from switches', [])
  const cards = await database.query(
    `select data->>'subject' as subject from pgboss.job where name = 'card' union select subject from messages`,
    [],
  )
  return {
    actions: actions.map(actionFrom),
    events: grouped(events, 'subject', eventFrom),
    executions: grouped(executions, 'action_id', (row) => ({
      attempt: Number(row['attempt']),
      direction: String(row['direction']),
      state: String(row['state']),
    })),
    budgets: new Map(
      budgets.map((row) => [
        `${String(row['workspace_id'])} ${String(row['window'])}`,
        { reserved: Number(row['reserved']), committed: Number(row['committed']) },
      ]),
    ),
    switches: switches.map((row) => ({ id: String(row['id']), lifted: row['lifted_at'] !== null })),
    cards: new Set(cards.map((row) => String(row['subject']))),
  }
}

type Row = Readonly<Record<string, unknown>>

const actionFrom = (row: Row): Action => ({
  id: String(row['id']),
  workspaceId: String(row['workspace_id']),
  planId: textOrNull(row['plan_id']),
  state: asState(textOrNull(row['state'])),
  version: Number(row['version']),
  attempt: Number(row['attempt']),
  approved: row['approved'] === true,
  dueAt: timeOrNull(row['due_at']),
  leaseUntil: timeOrNull(row['lease_until']),
  undoUntil: timeOrNull(row['undo_until']),
  charges: chargesIn(row['charges']),
  openExceptions: Array.isArray(row['open_exceptions']) ? row['open_exceptions'].map(String) : [],
  frozen: row['frozen'] === true,
})

/** A driver may leave JSON as text. */
const chargesIn = (value: unknown): readonly HeldCharge[] =>
  // safe: written from a StateRow
  (typeof value === 'string' ? JSON.parse(value) : (value ?? [])) as readonly HeldCharge[]

const eventFrom = (row: Row): Event => ({
  version: Number(row['subject_version']),
  type: String(row['type']),
  from: textOrNull(row['from']),
  to: textOrNull(row['to']),
})

function grouped<T>(rows: readonly Row[], by: string, from: (row: Row) => T): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = String(row[by])
    groups.set(key, [...(groups.get(key) ?? []), from(row)])
  }
  return groups
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const timeOrNull = (value: unknown): Date | null =>
  value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null

function asState(text: string | null): State {
  const state = STATES.find((one) => one === text)
  if (!state) throw new Error(`There is no state ${text}`)
  return state
}
