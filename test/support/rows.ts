import type { Database } from '../../core/postgres/database.ts'

type Column = { readonly name: string; readonly type: string }
/** The columns of every table that a row cannot do without. */
export type Columns = ReadonlyMap<string, readonly Column[]>

/** Read from the catalogue, so that a new table is tested from its first day. Actions and people come first: others refer to them. */
export async function readColumns(database: Database): Promise<Columns> {
  const rows = await database.query(
    `select table_name, column_name, data_type from information_schema.columns
     where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'
     order by table_name <> 'actions', table_name <> 'people', table_name, ordinal_position`,
    [],
  )
  const columns = new Map<string, Column[]>()
  for (const row of rows) {
    const table = String(row['table_name'])
    const column = { name: String(row['column_name']), type: String(row['data_type']) }
    columns.set(table, [...(columns.get(table) ?? []), column])
  }
  return columns
}

/** A statement that inserts one row with the least that its table asks for; texts end in `key`, so that two keys never collide. */
export function insertText(
  columns: Columns,
  table: string,
  workspaceId: string,
  key: string,
  given: Readonly<Record<string, string>> = {},
): string {
  const values = new Map(
    (columns.get(table) ?? []).map((column) => [column.name, value(column, table, workspaceId, key)]),
  )
  for (const [name, text] of Object.entries(given)) values.set(name, `'${text}'`)
  const names = [...values.keys()].map((name) => `"${name}"`)
  return `insert into ${table} (${names.join(', ')}) values (${[...values.values()].join(', ')})`
}

function value({ name, type }: Column, table: string, workspaceId: string, key: string): string {
  if (name === 'workspace_id') return `'${workspaceId}'`
  if (name === 'action_id' || (table === 'actions' && name === 'id')) return `'act_${key}'`
  if (name === 'person_id') return `'id_${key}'`
  if (type === 'text') return `'${name}_${key}'`
  if (type === 'jsonb' || type === 'ARRAY') return `'{}'`
  if (type === 'boolean') return 'false'
  if (type.startsWith('timestamp')) return `'2026-03-04T17:00:00Z'`
  return '1'
}

/** The state that Postgres gave a refused statement (42501: not permitted), or a failure because it was not refused. */
export async function refusedWith(statement: Promise<unknown>): Promise<string> {
  try {
    await statement
  } catch (thrown) {
    for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
      if ('code' in cause && typeof cause.code === 'string') return cause.code
    }
    throw thrown
  }
  throw new Error('It was not refused')
}
