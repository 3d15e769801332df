import { drizzle as overPostgres } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Drizzle } from './database.ts'

type Client = ReturnType<typeof postgres>
type Options = NonNullable<Parameters<typeof postgres>[1]>

/** One connection: a client of its own, so that its loss is known to be this one's. */
type Lane = {
  readonly client: Client
  readonly tx: Drizzle
  lost: boolean
  /** Whether it ever was. */
  connected: boolean
  /** Of the transaction that is under way: tells it that its connection is gone. */
  tell: (() => void) | null
  /** Its last statement, which is sent with the commit. */
  last: Promise<void> | null
}

const laneOf = new WeakMap<Drizzle, Lane>()

/**
 * The last statement of a transaction, already on its way: its commit follows without waiting for its answer. If it
 * fails, the server turns the commit into a roll-back, and the transaction fails with its error. Where transactions are
 * the driver's own it is waited for.
 */
export async function withCommit(tx: Drizzle, last: Promise<void>): Promise<void> {
  const lane = laneOf.get(tx)
  if (!lane) return await last
  lane.last = last
  heardElsewhere(last)
}

export type Pool = {
  readonly drizzle: Pick<Drizzle, 'transaction' | 'execute'>
  /** One statement, a transaction of its own. */
  readonly run: (text: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
  readonly close: () => Promise<void>
}

/**
 * A pool whose transactions end with their connection. The driver's own transactions go on writing to a connection that
 * the server has ended (its `rollback` then brings the process down), or to its successor, where a statement would run
 * outside any transaction. Here a lost connection is put away with all that still waits on it, and the work is told.
 */
export function createPool(url: string, max: number, options: Options): Pool {
  const idle: Lane[] = []
  const waiting: ((lane: Lane) => void)[] = []
  const lanes = new Set<Lane>()

  function open(): Lane {
    const client = postgres(url, {
      ...options,
      max: 1,
      // It would end a connection in the middle of a transaction that it does not know of.
      max_lifetime: null,
      onclose: () => {
        if (lane.tell) putAway(lane)
      },
    })
    // safe: both drivers' drizzle speak the same query builder
    const lane: Lane = {
      client,
      tx: overPostgres(client) as unknown as Drizzle,
      lost: false,
      connected: false,
      tell: null,
      last: null,
    }
    laneOf.set(lane.tx, lane)
    lanes.add(lane)
    return lane
  }

  function take(): Promise<Lane> {
    const lane = idle.pop() ?? (lanes.size < max ? open() : null)
    return lane ? Promise.resolve(lane) : new Promise((resolve) => waiting.push(resolve))
  }

  function giveBack(lane: Lane): void {
    if (lane.lost) lanes.delete(lane)
    const next = waiting.shift()
    const free = lane.lost ? null : lane
    if (next) next(free ?? open())
    else if (free) idle.push(free)
  }

  async function inside<T>(lane: Lane, work: (tx: Drizzle) => Promise<T>): Promise<T> {
    const begun = lane.client.unsafe('begin').execute()
    heardElsewhere(begun)
    try {
      // Otherwise not waited for: it travels with the first statement of the work. Whatever waits for a connection that
      // cannot be made would have the driver make another one, which nobody knows of.
      if (!lane.connected) await begun
      lane.connected = true
      const result = await work(lane.tx)
      await begun
      const committed = lane.client.unsafe('commit').execute()
      heardElsewhere(committed)
      await lane.last
      // The server rolls back a transaction in which anything failed, and calls that a success.
      if ((await committed).command !== 'COMMIT') throw new Error('The server rolled the transaction back')
      return result
    } catch (error) {
      // A connection on which not even that works is of no use to the next.
      if (!lane.connected) putAway(lane)
      else if (!lane.lost) await lane.client.unsafe('rollback').catch(() => putAway(lane))
      throw error
    }
  }

  async function transaction<T>(work: (tx: Drizzle) => Promise<T>): Promise<T> {
    const lane = await take()
    const lost = new Promise<never>((_resolve, reject) => {
      // After the error of the statement that was under way, which says more.
      lane.tell = () => void setImmediate(() => reject(lostError()))
    })
    heardElsewhere(lost)
    try {
      // Work that waits for something else would never notice.
      return await Promise.race([inside(lane, work), lost])
    } finally {
      lane.tell = null
      lane.last = null
      giveBack(lane)
    }
  }

  async function execute(query: Parameters<Drizzle['execute']>[0]): Promise<unknown> {
    const lane = await take()
    try {
      return await lane.tx.execute(query)
    } finally {
      giveBack(lane)
    }
  }

  return {
    // safe: what both drivers' drizzle offer; only the raw result differs, which `rowsOf` evens out
    drizzle: { transaction, execute } as unknown as Pool['drizzle'],
    async run(text, values) {
      const lane = await take()
      try {
        // safe: postgres.js accepts every JSON-like parameter; a row is a record of columns
        return await lane.client.unsafe(text, values as never[], { prepare: true })
      } finally {
        giveBack(lane)
      }
    },
    close: async () => {
      await Promise.all([...lanes].map(({ client }) => client.end({ timeout: 5 })))
    },
  }
}

/** Its error is told to whoever waits for it, now or later; until then the process must not end over it. */
function heardElsewhere(promise: Promise<unknown>): void {
  promise.catch(() => undefined)
}

/** Nothing that waits may go to the connection that would follow. */
function putAway(lane: Lane): void {
  lane.lost = true
  lane.tell?.()
  void lane.client.end({ timeout: 0 })
}

/** In the driver's own words, so that nobody has to know two. */
const lostError = (): Error => Object.assign(new Error('The connection was lost'), { code: 'CONNECTION_CLOSED' })
