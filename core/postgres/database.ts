import { makePgArray, parsePgArray, type PgDatabase, type PgQueryResultHKT } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import { createPool } from './pool.ts'

export type Drizzle = PgDatabase<PgQueryResultHKT, Record<string, never>>

/** A Postgres, on a server or embedded; everything above it is the same code. */
export type Database = {
  readonly kind: 'server' | 'embedded'
  readonly drizzle: Pick<Drizzle, 'transaction' | 'execute'>
  /** Several statements at once, without parameters: migrations. */
  exec(text: string): Promise<void>
  /** One statement with `$1` parameters outside any transaction of ours: the side jobs' own bookkeeping. */
  query(text: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  /** One prepared statement on a connection of the pool, a transaction of its own. */
  run(text: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

/** The arrays that our statements and those of the side jobs send, which the driver otherwise asks the server about. */
const ARRAYS = {
  texts: arrayOf([1009, 1015], String),
  ids: arrayOf([2951], String),
  numbers: arrayOf([1007, 1016], Number),
}

function arrayOf<T>([to = 0, ...others]: readonly number[], each: (text: string) => T) {
  return {
    to,
    from: [to, ...others],
    serialize: (values: unknown) => (Array.isArray(values) ? makePgArray(values) : values),
    parse: (text: string): readonly T[] => parsePgArray(text).map((value) => each(String(value))),
  }
}

/** An invocation has six connections open at once, calls to platforms included. */
const HYPERDRIVE_CONNECTIONS = 4

/** A server that takes longer to accept is down: whoever waits behind it hears so before its own caller gives up. */
const CONNECT_SECONDS = 5

/**
 * A server: a pool of `max` connections (perhaps through a pooler) for the gate, and one direct connection for what
 * needs a session of its own: migrations, and the side jobs' bookkeeping, which sends whole transactions as text.
 * A transaction left idle for 10 s (`idleInTransactionMs`) is ended by the server, because it would hold up locks and the
 * ledger, or by the pooler: where a direct way is named besides, the pool goes through one, which gives each transaction
 * any connection, so that nothing may be kept on it, and which refuses settings at the start that it does not know.
 */
export function openServer(
  url: string,
  options: { readonly max: number; readonly directUrl?: string; readonly idleInTransactionMs?: number },
): Database {
  const shared = { onnotice: () => {}, backoff: retryDelaySeconds, connect_timeout: CONNECT_SECONDS }
  const straight = {
    ...shared,
    connection: {
      application_name: 'tenure',
      idle_in_transaction_session_timeout: options.idleInTransactionMs ?? 10_000,
    },
  }
  const pooled = { ...shared, connection: { application_name: 'tenure' }, prepare: false }
  const throughPooler = options.directUrl !== undefined && options.directUrl !== url
  const pool = createPool(url, options.max, throughPooler ? pooled : straight)
  const direct = postgres(options.directUrl ?? url, { ...straight, max: 1 })
  return {
    kind: 'server',
    drizzle: pool.drizzle,
    exec: async (text) => {
      await direct.unsafe(text).simple()
    },
    // safe: postgres.js accepts every JSON-like parameter that the side jobs send
    query: async (text, values) => lastRows(await direct.unsafe(text, values as never[])),
    run: pool.run,
    close: async () => {
      await Promise.all([pool.close(), direct.end({ timeout: 5 })])
    },
  }
}

/** Between attempts to connect: at most a second, where the driver's own choice makes requests wait for twenty. */
const retryDelaySeconds = (failures: number): number => Math.min(2 ** failures / 100, 1) * (0.5 + Math.random() / 2)
/**
 * A server behind Hyperdrive, for one invocation of a Worker: a Worker's connections end with the invocation that made
 * them. Prepared statements live in Hyperdrive; nothing here needs a session.
 */
export function openHyperdrive(url: string): Database {
  const pool = createPool(url, HYPERDRIVE_CONNECTIONS, {
    prepare: true,
    fetch_types: false,
    types: ARRAYS,
    onnotice: () => {},
    connection: { application_name: 'tenure' },
  })
  return {
    kind: 'server',
    drizzle: pool.drizzle,
    exec: async (text) => {
      await pool.run(text, [])
    },
    query: async (text, values) => lastRows(await pool.run(text, values)),
    run: pool.run,
    close: pool.close,
  }
}

/** Several statements sent as one text answer a list of results; only the last one's rows are asked for. */
function lastRows(result: readonly unknown[]): readonly Record<string, unknown>[] {
  const last = result.at(-1)
  // safe: a row is a record of columns
  return [...(Array.isArray(last) ? last : result)] as Record<string, unknown>[]
}

/** The embedded one: a folder, or memory. One connection; it proves nothing about races. */
export async function openEmbedded(folder: string | null): Promise<Database> {
  // Asked for only here: a server needs nothing of it, and a Worker could not even load it.
  const { PGlite } = await import('@electric-sql/pglite')
  const { drizzle: overPglite } = await import('drizzle-orm/pglite')
  const client = folder === null ? new PGlite() : new PGlite(folder)
  await client.waitReady
  return {
    kind: 'embedded',
    // safe: see openServer
    drizzle: overPglite(client) as unknown as Drizzle,
    exec: async (text) => {
      await client.exec(text)
    },
    query: async (text, values) => {
      const parameters = [...values]
      const result = parameters.length > 0 ? [await client.query(text, parameters)] : await client.exec(text)
      // safe: a row is a record of columns
      return (result.at(-1)?.rows ?? []) as Record<string, unknown>[]
    },
    // safe: a row is a record of columns
    run: async (text, values) => (await client.query(text, [...values])).rows as Record<string, unknown>[],
    close: () => client.close(),
  }
}

/** One prepared statement with `$1` parameters in the transaction. Several may be sent without waiting: they travel together. */
export type Query = <Row extends object>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>

/** The driver under a transaction, for the statements of the hot path, which a query builder would make anew each time. */
export function queryOf(tx: Drizzle): Query {
  // safe: both drivers' sessions keep their client there; the two branches are what their clients offer
  const { client } = (tx as unknown as { _: { session: { client: RawClient } } })._.session
  return async <Row extends object>(text: string, values: readonly unknown[]) => {
    const parameters = [...values]
    const result = client.unsafe
      ? // At once, not when somebody waits: a commit may follow.
        await client.unsafe(text, parameters, { prepare: true }).execute()
      : await client.query?.(text, parameters)
    return rowsOf<Row>(result)
  }
}

type RawClient = {
  unsafe?(text: string, values: unknown[], options: { readonly prepare: boolean }): { execute(): Promise<unknown> }
  query?(text: string, values: unknown[]): Promise<unknown>
}

/** The rows of a raw statement: postgres.js answers a list, PGlite an object with one. */
export function rowsOf<Row>(result: unknown): readonly Row[] {
  const rows: unknown = Array.isArray(result) ? result : (result as { rows?: unknown }).rows
  // safe: the caller names the columns of its own statement
  return (Array.isArray(rows) ? [...rows] : []) as Row[]
}
