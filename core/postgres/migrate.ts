import type { Database } from './database.ts'
import { migrateSideJobs } from './side-jobs.ts'

export type Migration = { readonly name: string; readonly sql: string }

/** Any number that nothing else in the database locks. */
const LOCK = 7_236_172

/**
 * Applies the migrations that are missing, in order and in one transaction, then those of the side jobs. Two starting
 * processes may call it at once: a lock on the direct connection lets the second wait and find nothing to do. Returns
 * the names that it applied.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  return await alone(database, async () => {
    const applied = await applyMissing(database, migrations)
    await migrateSideJobs(database)
    return applied
  })
}

/** Runs what only one starting process may do at a time. */
export async function alone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  await database.query('select pg_advisory_lock($1)', [LOCK])
  try {
    return await work()
  } finally {
    await database.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

async function applyMissing(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  await database.exec(
    'create table if not exists tenure_migrations (name text primary key, applied_at timestamptz not null default now())',
  )
  const rows = await database.query('select name from tenure_migrations', [])
  const before = new Set(rows.map((row) => String(row['name'])))
  const missing = migrations.filter((migration) => !before.has(migration.name))
  if (missing.length === 0) return []
  const statements = missing.map(({ name, sql }) => `${sql}\ninsert into tenure_migrations (name) values ('${name}');`)
  try {
    await database.exec(`begin;\n${statements.join('\n')}\ncommit;`)
  } catch (error) {
    // The connection is still in the broken transaction, where not even the lock could be given back.
    await database.exec('rollback')
    throw error
  }
  return missing.map((migration) => migration.name)
}
