import type { WorkspaceId } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import type { BudgetRow, ProposedBefore } from '../ports/rows.ts'
import type { Asks } from '../ports/store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { inBatches } from './batches.ts'
import { type Database, type Drizzle, type Query, queryOf } from './database.ts'
import type { KnownTime } from './known-time.ts'
import { takeTokens, type Wanted } from './rate-limits.ts'
import { goShortWay } from './short-way.ts'
import { CONTROL_COLUMNS, controlOf, type ControlRow, type Snapshots, type Versions } from './snapshot.ts'
import { asRole, type TimeOf } from './transaction.ts'
import { mergeParts, type Parts, write, type Writes } from './writes.ts'

/** While one waits for its flush the other is judged and sent. */
const BATCHES_AT_ONCE = 2

/** One piece of work among those that share a database transaction. */
export type Work = {
  readonly workspaceId: WorkspaceId
  readonly asks: Asks
  readonly run: (tx: Transaction, waitMs: number | null) => Promise<Result<unknown, unknown>>
}

/** What became of it; `again`: it has to run on its own (a lost race for its key, a failure of its batch, which gave its token back). */
export type Became =
  | { readonly kind: 'done'; readonly result: Result<unknown, unknown> }
  | { readonly kind: 'again'; readonly spent: boolean }
  | { readonly kind: 'threw'; readonly error: unknown }

export type Opened = { readonly transaction: Transaction; readonly writes: Writes }

export type Together = {
  readonly database: Database
  readonly timeOf: TimeOf
  readonly snapshots: Snapshots
  readonly time: KnownTime
  /** A transaction's methods for one workspace; nothing is written by itself. */
  readonly open: (tx: Drizzle, workspaceId: WorkspaceId, now: Date) => Opened
}

/**
 * Runs what arrives while one database transaction runs together in the next: the short way on what is known, and what
 * that does not do for, the long way, which reads first.
 */
export function createTogether(deps: Together): (work: Work) => Promise<Became> {
  const run = async (works: readonly Work[]): Promise<readonly Became[]> => {
    try {
      const became = await goShortWay(deps, works)
      const left = works.filter((_work, index) => became[index] === null)
      if (left.length === 0) return became.filter((one) => one !== null)
      const rest = [...(await goLongWay(deps, left))]
      return became.map((one): Became => one ?? rest.shift() ?? { kind: 'again', spent: false })
    } catch (error) {
      // On its own the failure, if it comes again, hits only the one it belongs to; a key makes that safe.
      return works.map(() => (works.length === 1 ? { kind: 'threw', error } : { kind: 'again', spent: false }))
    }
  }
  return inBatches(run, { atOnce: BATCHES_AT_ONCE })
}

async function goLongWay(deps: Together, works: readonly Work[]): Promise<readonly Became[]> {
  const workspaces = [...new Set(works.map(({ workspaceId }) => workspaceId))].sort()
  const heard: TimeOf = (databaseNow) => {
    deps.time.heard(databaseNow.getTime())
    return deps.timeOf(databaseNow)
  }
  return await asRole(deps.database.drizzle, 'tenure_app', workspaces, heard, async (tx, now) => {
    const query = queryOf(tx)
    // Sent together: one round trip.
    const [tokens, versions, before] = await Promise.all([
      takeAll(query, works, now),
      readVersions(query, workspaces),
      findKeys(query, works),
    ])
    const locks = createBudgetLocks()
    const ran = await Promise.all(
      works.map(async (work, index) => {
        const { transaction, writes } = deps.open(tx, work.workspaceId, now)
        const held = locks.holder(transaction, work.workspaceId)
        const own: Transaction = {
          ...transaction,
          lockBudget: (window) => held.lock(window),
          hasRoom: (window, amountMinor, limitMinor) => held.hasRoom(window, amountMinor, limitMinor),
          findByKey: async () => before(work),
          snapshot: async () => await deps.snapshots.read(query, work.workspaceId, versions(work.workspaceId)),
        }
        try {
          const result = await work.run(own, tokens[index] ?? null)
          const parts = result.ok ? writes.take() : {}
          held.spend(parts)
          return { result, parts }
        } catch (error) {
          return { error, parts: {} }
        } finally {
          held.release()
        }
      }),
    )
    const parts = mergeParts(ran.map((one) => one.parts))
    const taken = Object.keys(parts).length === 0 ? [] : await write(query, parts, false)
    return ran.map((one): Became => {
      if ('error' in one) return { kind: 'threw', error: one.error }
      return one.parts.actions?.some(({ id }) => taken.includes(String(id)))
        ? { kind: 'again', spent: true }
        : { kind: 'done', result: one.result }
    })
  })
}

/** For each work null when its token was there, else the wait: of one key the first in line are served. */
async function takeAll(query: Query, works: readonly Work[], now: Date): Promise<readonly (number | null)[]> {
  const name = ({ workspaceId, asks }: Work): string => `${workspaceId} ${asks.token.key}`
  const byKey = new Map<string, Wanted>()
  for (const work of works) {
    const count = (byKey.get(name(work))?.count ?? 0) + 1
    byKey.set(name(work), { workspaceId: work.workspaceId, ...work.asks.token, count })
  }
  const taken = await takeTokens(query, [...byKey.values()], now)
  const left = new Map([...byKey.keys()].map((key, index) => [key, { granted: 0, waitMs: 1, ...taken[index] }]))
  return works.map((work) => {
    const its = left.get(name(work))
    if (!its) return null
    its.granted -= 1
    return its.granted >= 0 ? null : its.waitMs
  })
}

const VERSIONS = `select ${CONTROL_COLUMNS} from control c
  where c.workspace_id = '*' or c.workspace_id = any (string_to_array($1, ','))`

async function readVersions(
  query: Query,
  workspaces: readonly WorkspaceId[],
): Promise<(workspaceId: WorkspaceId) => Versions> {
  const rows = await query<ControlRow>(VERSIONS, [workspaces.join(',')])
  const of = (id: string) => {
    const row = rows.find(({ workspace_id }) => workspace_id === id)
    if (!row) throw new Error(`Workspace ${id} has no control row`)
    return controlOf(row)
  }
  return (workspaceId) => ({ own: of(workspaceId), installation: of('*').version })
}

const KEYS = `select a.workspace_id, a.proposer_id, a.idempotency_key, a.id, a.body_digest, a.plan_id
  from jsonb_to_recordset($1::jsonb) as x(workspace_id text, proposer_id text, key text)
  join actions a on a.workspace_id = x.workspace_id and a.proposer_id = x.proposer_id and a.idempotency_key = x.key`

async function findKeys(query: Query, works: readonly Work[]): Promise<(work: Work) => ProposedBefore | null> {
  const asked = works.map(({ workspaceId, asks }) => ({
    workspace_id: workspaceId,
    proposer_id: asks.once.proposerId,
    key: asks.once.key,
  }))
  const rows = await query<{
    workspace_id: string
    proposer_id: string
    idempotency_key: string
    id: string
    body_digest: string
    plan_id: string | null
  }>(KEYS, [JSON.stringify(asked)])
  return ({ workspaceId, asks: { once } }) => {
    const row = rows.find(
      (one) =>
        one.workspace_id === workspaceId && one.proposer_id === once.proposerId && one.idempotency_key === once.key,
    )
    // safe: ids of ours
    return row ? ({ id: row.id, bodyDigest: row.body_digest, planId: row.plan_id } as ProposedBefore) : null
  }
}

/**
 * Budget rows among works that share a transaction: each is locked in the database once, and passes from work to work
 * with what the ones before have reserved, as if each had a transaction of its own.
 */
function createBudgetLocks() {
  const locks = new Map<string, { row: Promise<BudgetRow>; reserved: number; committed: number; free: Promise<void> }>()
  return {
    holder(tx: Transaction, workspaceId: WorkspaceId) {
      const releases: (() => void)[] = []
      const held = new Map<string, BudgetRow>()
      const one = {
        async lock(window: string): Promise<BudgetRow> {
          const known = held.get(window)
          if (known) return known
          const key = `${workspaceId} ${window}`
          const lock = locks.get(key) ?? {
            row: tx.lockBudget(window),
            reserved: 0,
            committed: 0,
            free: Promise.resolve(),
          }
          locks.set(key, lock)
          const before = lock.free
          lock.free = new Promise((resolve) => releases.push(resolve))
          await before
          const row = await lock.row
          const now = {
            ...row,
            reserved: row.reserved + lock.reserved,
            committed: row.committed + lock.committed,
          }
          held.set(window, now)
          return now
        },
        /** What it reserved counts for the next ones. */
        spend(parts: Parts): void {
          for (const change of parts.budgets ?? []) {
            const lock = locks.get(`${workspaceId} ${String(change['window'])}`)
            if (!lock) continue
            lock.reserved += Number(change['reserved'])
            lock.committed += Number(change['committed'])
          }
        },
        async hasRoom(window: string, amountMinor: number, limitMinor: number): Promise<boolean> {
          const { reserved, committed, carried, spent } = await one.lock(window)
          return reserved + Math.max(committed + carried, spent) + amountMinor <= limitMinor
        },
        release: () => releases.forEach((release) => release()),
      }
      return one
    },
  }
}
