import { eq, sql } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import { Conflict, type Store, type Transaction } from '../ports/store.ts'
import { actionRows } from './action-rows.ts'
import { budgetRows } from './budget-rows.ts'
import { controlRows, insertSwitch, liftSwitch, thaw } from './control-rows.ts'
import type { Database, Drizzle } from './database.ts'
import { decisionRows } from './decision-rows.ts'
import { nextDueInMs, takeDue, takeRecalled } from './due-rows.ts'
import { ledger } from './ledger.ts'
import { agentByKey, memberByToken, peopleRows } from './people-rows.ts'
import { takeToken } from './rate-limits.ts'
import { control, slackTeams } from './schema/index.ts'
import type { SideJobs } from './side-jobs.ts'
import { asRole, type TimeOf } from './transaction.ts'

const EVERYWHERE = '*'
const ATTEMPTS = 5
/** Postgres asks to try again: serialization failure, deadlock. */
const TRY_AGAIN = ['40001', '40P01']

/** Rolls a transaction back with an error value, past the driver, which only rolls back on a throw. */
class Refused<E> extends Error {
  readonly error: E
  constructor(error: E) {
    super('refused')
    this.error = error
  }
}

/** The store on a database. `timeOf` is the database's time unless a test or the demo brings a clock. */
export function createStore(database: Database, sideJobs: SideJobs, timeOf: TimeOf = (now) => now): Store {
  const { drizzle } = database
  const system = <T>(work: (tx: Drizzle, now: Date) => Promise<T>): Promise<T> =>
    asRole(drizzle, 'tenure_system', '', timeOf, work)
  const app = <T>(workspaceId: WorkspaceId, work: (tx: Transaction) => Promise<T>): Promise<T> =>
    asRole(drizzle, 'tenure_app', workspaceId, timeOf, (tx, now) => work(transaction(tx, workspaceId, now, sideJobs)))

  return {
    async transact<T, E>(
      workspaceId: WorkspaceId,
      work: (tx: Transaction) => Promise<Result<T, E>>,
    ): Promise<Result<T, E>> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await app(workspaceId, async (tx) => {
            const result = await work(tx)
            if (!result.ok) throw new Refused(result.error)
            return result
          })
        } catch (thrown) {
          // safe: only this call's own work can have thrown it
          if (thrown instanceof Refused) return { ok: false, error: thrown.error as E }
          if (attempt >= ATTEMPTS || !mayTryAgain(thrown)) throw thrown
        }
      }
    },

    read: app,

    takeDue: (limit, hideMs) =>
      system(async (tx, now) => {
        const due = await takeDue(tx, now, limit, hideMs)
        return due.length < limit ? [...due, ...(await takeRecalled(tx, limit - due.length))] : due
      }),
    nextDueInMs: () => system(nextDueInMs),

    stopInstallation: (row) =>
      system(async (tx) => {
        await bumpInstallation(tx)
        await insertSwitch(tx, row)
      }),
    liftInstallationStop: (id, by, reason) =>
      system(async (tx, now) => {
        await bumpInstallation(tx)
        const lifted = await liftSwitch(tx, EVERYWHERE, id, by, reason, now)
        if (lifted) await thaw(tx, null, lifted.target, lifted.at, now)
        return lifted
      }),

    authenticateAgent: (workspaceId, keyHash) =>
      asRole(drizzle, 'tenure_app', workspaceId, timeOf, (tx) => agentByKey(tx, workspaceId, keyHash)),
    authenticateMember: (workspaceId, tokenHash) =>
      asRole(drizzle, 'tenure_app', workspaceId, timeOf, (tx) => memberByToken(tx, workspaceId, tokenHash)),
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

/** The update waits for every claim that holds the row for share, and every later claim waits for it. */
async function bumpInstallation(tx: Drizzle): Promise<void> {
  await tx
    .update(control)
    .set({ version: sql`${control.version} + 1` })
    .where(eq(control.workspaceId, EVERYWHERE))
}

function transaction(tx: Drizzle, workspaceId: WorkspaceId, now: Date, sideJobs: SideJobs): Transaction {
  return {
    now,
    workspaceId,
    ...controlRows(tx, workspaceId, now),
    ...actionRows(tx, workspaceId),
    ...budgetRows(tx, workspaceId),
    ...decisionRows(tx, workspaceId, now),
    ...peopleRows(tx, workspaceId, now),
    ...ledger(tx, workspaceId, now),
    enqueue: (job, options = {}) => sideJobs.enqueue(tx, job, options),
    takeToken: (key, rate) => takeToken(tx, workspaceId, key, rate, now),
  }
}

function mayTryAgain(thrown: unknown): boolean {
  if (thrown instanceof Conflict) return true
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && TRY_AGAIN.includes(cause.code)) return true
  }
  return false
}
