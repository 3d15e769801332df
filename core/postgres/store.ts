import { eq, sql } from 'drizzle-orm'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import { type DayNumber, dayOf } from '../domain/trust/score-window.ts'
import type { TrustBook } from '../domain/trust/trust-book.ts'
import type { LedgerEvent, StoredAction } from '../ports/rows.ts'
import type { Asks, Store, ToMove } from '../ports/store.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { CountedCell, CountLocks } from '../ports/trust.ts'
import { actionRows } from './action-rows.ts'
import { createAuthentication } from './authentication.ts'
import { budgetRows } from './budget-rows.ts'
import { callbackRows, forgetCallbacks, takeDueCallbacks } from './callback-rows.ts'
import { controlRows, insertSwitch, liftSwitch, thaw } from './control-rows.ts'
import { type Database, type Drizzle, queryOf } from './database.ts'
import { delegationRows } from './delegation-rows.ts'
import { decisionRows } from './decision-rows.ts'
import { nextDueInMs, takeDue, takeRecalled } from './due-rows.ts'
import { createKnownTime, type KnownTime } from './known-time.ts'
import { ledger } from './ledger.ts'
import { ledgerRows } from './ledger-seals.ts'
import { peopleRows } from './people-rows.ts'
import { personRows } from './person-rows.ts'
import { takeToken } from './rate-limits.ts'
import { control, slackTeams } from './schema/index.ts'
import { withCommit } from './pool.ts'
import { createSnapshots, type Snapshots } from './snapshot.ts'
import { asRole, inWorkspace, type Opening, type ReadToMove, type TimeOf } from './transaction.ts'
import { evidenceRows } from './evidence-rows.ts'
import { lookUpRows } from './look-up-rows.ts'
import { policyRows } from './policy-rows.ts'
import { outcomeRows } from './outcome-rows.ts'
import { pastActionRows } from './past-action-rows.ts'
import { promotionRows } from './promotion-rows.ts'
import { trustRows } from './trust-rows.ts'
import { createTogether, type Opened } from './together.ts'
import { createWrites, refuseToFlush, write } from './writes.ts'

const EVERYWHERE = '*'
/** Of so many that move one row at once, each comes to its turn: one wins each time. */
const ATTEMPTS = 10
/** Postgres asks to try again (serialization failure, deadlock), or `tenure_write` does: a key was taken, a row moved. */
const TRY_AGAIN = ['40001', '40P01', 'TE001', 'TE002']

/** Rolls a transaction back with an error value, past the driver, which only rolls back on a throw. */
class Refused<E> extends Error {
  readonly error: E
  constructor(error: E) {
    super('refused')
    this.error = error
  }
}

/** What a store knows from one transaction to the next; a runtime whose stores are short-lived hands it on. */
export type Kept = { readonly snapshots: Snapshots; readonly time: KnownTime }

export const createKept = (): Kept => ({ snapshots: createSnapshots(), time: createKnownTime() })

/** The store on a database. `timeOf` is the database's time unless a test or the demo brings a clock. */
export function createStore(database: Database, timeOf: TimeOf = (now) => now, kept: Kept = createKept()): Store {
  const { drizzle } = database
  const { snapshots } = kept
  const system = <T>(work: (tx: Drizzle, now: Date) => Promise<T>): Promise<T> =>
    asRole(drizzle, 'tenure_system', '', timeOf, work)
  /** Null: the time is not known at the moment. */
  const today = (): DayNumber | null => {
    const heard = kept.time.now()
    return heard && dayOf(timeOf(heard).getTime())
  }
  const app = <T>(
    workspaceId: WorkspaceId,
    work: (tx: Transaction) => Promise<T>,
    toMove: ToMove | null = null,
  ): Promise<T> => {
    const asked = { toMove: toMove?.id ?? null, today: toMove?.counts ? today() : null }
    return inWorkspace(drizzle, workspaceId, asked, timeOf, async (tx, opening) => {
      const { transaction, flush } = openTransaction(tx, workspaceId, opening.now, {
        snapshots,
        shared: false,
        opening,
      })
      const result = await work(transaction)
      await withCommit(tx, flush())
      return result
    })
  }

  async function transact<T, E>(
    workspaceId: WorkspaceId,
    work: (tx: Transaction) => Promise<Result<T, E>>,
    toMove?: ToMove,
  ): Promise<Result<T, E>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const refusing = async (tx: Transaction): Promise<Result<T, E>> => {
          const result = await work(tx)
          if (!result.ok) throw new Refused(result.error)
          return result
        }
        return await app(workspaceId, refusing, toMove)
      } catch (thrown) {
        // safe: only this call's own work can have thrown it
        if (thrown instanceof Refused) return { ok: false, error: thrown.error as E }
        if (attempt >= ATTEMPTS || !mayTryAgain(thrown)) throw thrown
      }
    }
  }

  const together = createTogether({
    database,
    timeOf,
    ...kept,
    open: (tx, workspaceId, now) => openTransaction(tx, workspaceId, now, { snapshots, shared: true }),
  })

  return {
    ledger: ledgerRows(drizzle, timeOf),
    transact,

    async transactTogether<T, E>(
      workspaceId: WorkspaceId,
      asks: Asks,
      work: (tx: Transaction, waitMs: number | null) => Promise<Result<T, E>>,
    ): Promise<Result<T, E>> {
      const became = await together({ workspaceId, asks, run: work })
      // safe: the result of this call's own work
      if (became.kind === 'done') return became.result as Result<T, E>
      if (became.kind === 'threw' && !mayTryAgain(became.error)) throw became.error
      const spent = became.kind === 'again' && became.spent
      const waitMs = spent ? null : await app(workspaceId, (tx) => tx.takeToken(asks.token.key, asks.token.rate))
      return await transact(workspaceId, (tx) => work(tx, waitMs))
    },

    read: app,

    takeDue: (limit, hideMs) =>
      system(async (tx, now) => {
        const due = await takeDue(tx, now, limit, hideMs)
        return due.length < limit ? [...due, ...(await takeRecalled(tx, limit - due.length))] : due
      }),
    nextDueInMs: () => system(nextDueInMs),
    workspacesToReview: () =>
      system(async (tx) => {
        const rows = await queryOf(tx)<{ id: string }>(
          'select workspace_id as id from trust_cells union select workspace_id from unfinished_erasures order by 1',
          [],
        )
        // safe: written with the id of a workspace
        return rows.map(({ id }) => id as WorkspaceId)
      }),
    takeDueCallbacks: (limit, hideMs) => system((tx, now) => takeDueCallbacks(tx, now, limit, hideMs)),
    forgetCallbacks: (olderThanMs) => system((tx, now) => forgetCallbacks(tx, new Date(now.getTime() - olderThanMs))),

    stopInstallation: (row, event, workspaceId) =>
      system(async (tx, now) => {
        await lockInstallation(tx)
        await insertSwitch(tx, row)
        await appendAs(tx, workspaceId, now, event)
      }),
    liftInstallationStop: (id, by, reason, event, workspaceId) =>
      system(async (tx, now) => {
        await lockInstallation(tx)
        const lifted = await liftSwitch(tx, EVERYWHERE, id, by, reason, now)
        if (!lifted) return null
        await thaw(tx, null, lifted.target, lifted.at, now)
        await appendAs(tx, workspaceId, now, event)
        return lifted
      }),

    ...createAuthentication(database),
    workspaceOfSlackTeam: (teamId) =>
      system(async (tx) => {
        const rows = await tx
          .select({ id: slackTeams.workspaceId })
          .from(slackTeams)
          .where(eq(slackTeams.teamId, teamId))
        // safe: an id of ours
        return (rows[0]?.id ?? null) as WorkspaceId | null
      }),
    databaseNow: () => system(async (_tx, now) => now),
  }
}

/** The ledger is written by a workspace's role alone; the transaction goes on as that, and ends so. */
async function appendAs(tx: Drizzle, workspaceId: WorkspaceId, now: Date, event: LedgerEvent): Promise<void> {
  await tx.execute(
    sql`select set_config('role', 'tenure_app', true), set_config('tenure.workspaces', ${workspaceId}, true)`,
  )
  const writes = createWrites(workspaceId, now, refuseToFlush)
  await writes.writing.appendEvent(event)
  await write(queryOf(tx), writes.take(), true)
}

/** The update waits for every claim that holds the row for share, and every later claim waits for it. */
async function lockInstallation(tx: Drizzle): Promise<void> {
  await tx
    .update(control)
    .set({ version: sql`${control.version} + 1` })
    .where(eq(control.workspaceId, EVERYWHERE))
}

type Parts = { readonly snapshots: Snapshots; readonly shared: boolean; readonly opening?: Opening }

/**
 * A transaction's methods over one database transaction. Whatever reads, writes first what was kept; but for the
 * configuration, which no kept row changes.
 */
function openTransaction(
  tx: Drizzle,
  workspaceId: WorkspaceId,
  now: Date,
  { snapshots, shared, opening }: Parts,
): Opened & { readonly flush: () => Promise<void> } {
  const query = queryOf(tx)
  const writes = createWrites(workspaceId, now, flush)
  function flush(): Promise<void> {
    if (writes.isEmpty()) return Promise.resolve()
    return shared ? refuseToFlush() : write(query, writes.take(), true).then(() => undefined)
  }
  const { noteChange, ...controlling } = controlRows(tx, workspaceId, now, snapshots, {
    versions: opening?.versions ?? null,
    isLocked: opening?.toMove !== undefined && opening.toMove !== null,
  })
  const reading = {
    ...controlling,
    ...actionRows(tx, workspaceId),
    ...budgetRows(tx, workspaceId),
    ...decisionRows(tx, workspaceId, now),
    ...peopleRows(tx, workspaceId, now),
    ...delegationRows(tx, workspaceId, now),
    ...ledger(tx, workspaceId),
    takeToken: (key, rate) => takeToken(query, workspaceId, key, rate, now),
  } satisfies Omit<
    Transaction,
    | keyof typeof writes.writing
    | 'now'
    | 'workspaceId'
    | 'callbacks'
    | 'trust'
    | 'promotions'
    | 'evidence'
    | 'lookUps'
    | 'policies'
    | 'outcomes'
    | 'people'
    | 'past'
    | 'loadToMove'
  >
  const first = { toMove: opening?.toMove ?? null, toCount: opening?.toMove ?? null }
  const begin = {
    async loadToMove(id: ActionId): Promise<StoredAction | null> {
      const { toMove } = first
      first.toMove = null
      // Once: a second look has to see what this transaction wrote.
      if (toMove?.id === id) return toMove.stored
      // Sent together: one round trip, and the row is read under the locks.
      return (await Promise.all([reading.lockControl('move'), reading.loadAction(id)]))[1]
    },
  }
  const callbacks = afterFlush(callbackRows(tx, workspaceId, now), flush)
  let hasNewStandings = false
  const trustReading = afterFlush(trustRows(tx, workspaceId, now), flush)
  const trust: Transaction['trust'] = {
    ...trustReading,
    async open(cell, locks) {
      const { toCount } = first
      first.toCount = null
      return (toCount && bookFor(toCount, cell, locks)) ?? (await trustReading.open(cell, locks))
    },
    async write(change) {
      first.toCount = null
      if (change.standings && change.standings.length > 0) {
        hasNewStandings = true
        noteChange()
      }
      await writes.trust.write(change)
    },
  }
  const promotions = afterFlush(promotionRows(tx, workspaceId), flush)
  const evidence = afterFlush(evidenceRows(tx, workspaceId, now), flush)
  const outcomes = afterFlush(outcomeRows(tx, workspaceId, now), flush)
  const policies = afterFlush(policyRows(tx, workspaceId, noteChange), flush)
  const lookUps = afterFlush(lookUpRows(tx, workspaceId, now), flush)
  const people = afterFlush(personRows(tx, workspaceId, now), flush)
  const past = afterFlush(pastActionRows(tx, workspaceId), flush)
  return {
    transaction: {
      now,
      workspaceId,
      callbacks,
      outcomes,
      lookUps,
      policies,
      people,
      past,
      trust,
      promotions,
      evidence,
      ...afterFlush({ ...reading, ...begin }, flush),
      async snapshot() {
        // What it holds was written here.
        if (hasNewStandings) await flush()
        return await reading.snapshot()
      },
      ...writes.writing,
    },
    writes,
    flush,
  }
}

/** What was read with the opening, where just that is asked for. */
function bookFor(
  { id, stored, book }: ReadToMove,
  cell: CountedCell,
  { actionIds, windows }: CountLocks,
): TrustBook | null {
  const isIt =
    stored?.payload.scope === cell.scope &&
    stored.action.scenario === cell.scenario &&
    stored.action.proposerId === cell.agentId &&
    [id, ...actionIds].every((one) => one === id) &&
    windows.every((one) => stored.state.charges.some(({ window }) => window === one))
  return isIt ? book : null
}

/** The same methods, each after what was kept has been written. */
function afterFlush<T extends Readonly<Record<string, (...args: never[]) => Promise<unknown>>>>(
  methods: T,
  flush: () => Promise<void>,
): T {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      await flush()
      return await method(...args)
    },
  ])
  // safe: every method keeps its name, its arguments and its answer
  return Object.fromEntries(wrapped) as T
}

function mayTryAgain(thrown: unknown): boolean {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && TRY_AGAIN.includes(cause.code)) return true
  }
  return false
}
