import type { Database } from '../../core/postgres/database.ts'

/** A migrated database as it was before anything was in it. */
export async function emptyDatabase(database: Database): Promise<void> {
  const tables = await database.query(
    "select tablename from pg_tables where schemaname = 'public' and tablename <> 'tenure_migrations'",
    [],
  )
  await database.query(`truncate ${tables.map((row) => String(row['tablename'])).join(', ')} cascade`, [])
  await database.query("insert into control (workspace_id) values ('*')", [])
  await database.query('delete from pgboss.job', [])
}
