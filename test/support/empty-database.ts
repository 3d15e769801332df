import type { Database } from '../../core/postgres/database.ts'

/**
 * A migrated database as it was before anything was in it. Rows are deleted, because truncating so many tables takes
 * longer than most tests; past triggers and keys, as only the owner of the server can.
 */
export async function emptyDatabase(database: Database): Promise<void> {
  const tables = await database.query(
    "select tablename from pg_tables where schemaname = 'public' and tablename <> 'tenure_migrations'",
    [],
  )
  const deletes = tables.map((row) => `delete from ${String(row['tablename'])};`).join('\n')
  await database.exec(`
    set session_replication_role = replica;
    ${deletes}
    delete from pgboss.job;
    insert into control (workspace_id) values ('*');
    set session_replication_role = origin;`)
}
