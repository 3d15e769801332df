import { getTableColumns, type Table } from 'drizzle-orm'
import { nextDue } from '../domain/due.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import type {
  ActionRow,
  DecisionRow,
  ExceptionRow,
  ExecutionRow,
  FeedbackRow,
  LedgerEvent,
  PayloadRow,
  StateRow,
} from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { TrustChange } from '../ports/trust.ts'
import type { Query } from './database.ts'
import { ledgerRow } from './ledger.ts'
import {
  actions,
  actionStates,
  budgets,
  decisions,
  exceptions,
  executions,
  feedback,
  ledgerDetails,
  ledgerEvents,
  payloads,
  standingVersions,
} from './schema/index.ts'
import { jobRow } from './side-jobs.ts'
import { trustPart } from './trust-rows.ts'

type Row = Readonly<Record<string, unknown>>
type Part = keyof typeof TABLES

/** The parts of `tenure_write`, with the table whose columns name their members. */
const TABLES = {
  actions,
  budgets,
  moves: actionStates,
  payloads,
  states: actionStates,
  decisions,
  executions,
  finished: executions,
  exceptions,
  feedback,
  events: ledgerEvents,
  details: ledgerDetails,
  fences: standingVersions,
} satisfies Record<string, Table>

/** The methods of a transaction that only write: they are kept and sent as one statement. */
export type Writing = Pick<
  Transaction,
  | 'insertAction'
  | 'insertPayload'
  | 'insertState'
  | 'updateState'
  | 'changeBudget'
  | 'insertDecision'
  | 'insertExecution'
  | 'finishExecution'
  | 'insertException'
  | 'insertFeedback'
  | 'appendEvent'
  | 'enqueue'
  | 'holdStandings'
>

/** What a transaction has yet to write. */
export type Writes = {
  readonly writing: Writing
  readonly trust: { write(change: TrustChange): Promise<void> }
  /** Takes out what is there: the rows by part, ready for `tenure_write`. */
  take(): Parts
  isEmpty(): boolean
}

export type Parts = Partial<Record<Part | 'jobs' | 'trust', readonly Row[]>>

/**
 * Keeps the writes of a transaction until something is read or it ends. `flush` is called where the order counts: a
 * second move of an action in one transaction must see the first.
 */
export function createWrites(workspaceId: WorkspaceId, now: Date, flush: () => Promise<void>): Writes {
  let parts: Partial<Record<Part | 'jobs' | 'trust', Row[]>> = {}
  let moved = new Set<ActionId>()
  let proposed: ActionId | null = null
  const keep = (part: Part, row: object): void => {
    const rows = (parts[part] ??= [])
    rows.push(record(TABLES[part], { workspaceId, ...row }))
  }
  const stateOf = (actionId: ActionId, row: StateRow) => ({
    ...row,
    actionId,
    dueAt: nextDue(row.state, row)?.at ?? null,
  })

  const writing: Writing = {
    async insertAction(row: ActionRow) {
      proposed = row.id
      keep('actions', row)
    },
    insertPayload: async (actionId: ActionId, row: PayloadRow) => keep('payloads', { ...row, actionId }),
    insertState: async (actionId: ActionId, row: StateRow) => keep('states', stateOf(actionId, row)),
    async updateState(actionId: ActionId, _expectedVersion: number, row: StateRow) {
      if (moved.has(actionId)) await flush()
      moved.add(actionId)
      keep('moves', stateOf(actionId, row))
    },
    async changeBudget(window, by) {
      keep('budgets', { window, ...by, actionId: proposed })
    },
    insertDecision: async (row: DecisionRow) => keep('decisions', row),
    insertExecution: async (row: ExecutionRow) => keep('executions', row),
    finishExecution: async (actionId, attempt, row) => keep('finished', { ...row, actionId, attempt }),
    insertException: async (row: ExceptionRow) => keep('exceptions', row),
    insertFeedback: async (row: FeedbackRow) => keep('feedback', row),
    async appendEvent(event: LedgerEvent) {
      const { row, beside } = ledgerRow(workspaceId, now, event)
      keep('events', row)
      if (beside) keep('details', beside)
    },
    holdStandings: async (version) => keep('fences', { version }),

    async enqueue(job, options = {}) {
      ;(parts.jobs ??= []).push(jobRow(job, options.startAfter ?? null, proposed))
    },
  }

  return {
    writing,
    trust: {
      async write(change) {
        ;(parts.trust ??= []).push(trustPart(workspaceId, change))
      },
    },
    take() {
      const taken = parts
      parts = {}
      moved = new Set()
      proposed = null
      return taken
    },
    isEmpty: () => Object.keys(parts).length === 0,
  }
}

/** The rows of several transactions, to be written at once. */
export function mergeParts(all: readonly Parts[]): Parts {
  const merged: Record<string, Row[]> = {}
  for (const parts of all) {
    for (const [part, rows] of Object.entries(parts)) (merged[part] ??= []).push(...(rows ?? []))
  }
  return merged
}

/** Where the rows of several are written at once: a row written early would be missing in what the others count on. */
export function refuseToFlush(): Promise<void> {
  return Promise.reject(new Error('Work that shares a transaction reads before it writes'))
}

const WRITE = 'select tenure_write($1::jsonb, $2) as taken'

/** Writes the parts; answers the actions that were left out because their key is taken (never any when `strict`). */
export function write(query: Query, parts: Parts, strict: boolean): Promise<readonly string[]> {
  // At once: what cannot be said has to fail before anything is sent, a commit least of all.
  const text = JSON.stringify(parts)
  return query<{ taken: readonly string[] }>(WRITE, [text, strict]).then(([row]) => row?.taken ?? [])
}

const columnNames = new Map<Table, ReadonlyMap<string, string>>()

/** A row under the names of its columns; dates become ISO text. What is null stays out: an absent member means the same. */
function record(table: Table, row: Row): Row {
  let names = columnNames.get(table)
  if (!names) {
    const columns = Object.entries(getTableColumns(table)).map(([key, column]) => [key, column.name] as const)
    names = new Map([...columns, ['actionId', 'action_id']])
    columnNames.set(table, names)
  }
  const out: Record<string, unknown> = {}
  for (const key in row) {
    const name = names.get(key)
    const value = row[key]
    if (name !== undefined && value !== null) out[name] = value
  }
  return out
}
