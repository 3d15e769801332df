import { randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import { workspaceOf } from './gate.ts'

export type Copies = {
  readonly count: number
  readonly state: 'awaiting_approval' | 'settled'
  /** Absent: the workspace of any proposal that is there. */
  readonly workspace?: number
}

const TABLES = [
  { name: 'actions', id: 'id' },
  { name: 'payloads', id: 'action_id' },
  { name: 'action_states', id: 'action_id' },
  { name: 'ledger_events', id: 'subject' },
] as const

/** What a settled action no longer has. */
const ENDED = ['due_at', 'expires_at', 'remind_at', 'run_at', 'lease_until', 'budget_window']

/** Copies one waiting action many times, row by row in every table; the copies sort as older than everything. */
export async function cloneActions(sql: Sql, { count, state, workspace }: Copies): Promise<void> {
  const [source] = await sql<{ action_id: string }[]>`
    select action_id from action_states
    where state = 'awaiting_approval' and action_id not like 'act\_0000%'
      ${workspace === undefined ? sql`` : sql`and workspace_id = ${workspaceOf(workspace)}`}
    limit 1`
  if (!source) throw new Error('there is no waiting action to copy')
  const mark = `act_0000${randomBytes(4).toString('hex')}`
  for (const table of TABLES) {
    const columns = await sql<{ name: string; computed: boolean }[]>`
      select column_name as name, is_identity = 'YES' or is_generated = 'ALWAYS' or column_name = 'tx' as computed
      from information_schema.columns where table_schema = 'public' and table_name = ${table.name}`
    const written = columns.filter(({ computed }) => !computed).map(({ name }) => name)
    const copied = written.map((name) =>
      copyOf(name, table.id, mark, state === 'settled' && table.name === 'action_states'),
    )
    await sql.unsafe(
      `insert into ${table.name} (${written.map((name) => `"${name}"`).join(', ')})
       select ${copied.join(', ')} from ${table.name} as source, generate_series(1, ${count}) as n
       where source.${table.id} = $1`,
      [source.action_id],
    )
  }
}

function copyOf(column: string, id: string, mark: string, settled: boolean): string {
  if (column === id) return `'${mark}' || lpad(n::text, 10, '0')`
  if (column === 'idempotency_key') return `'${mark}' || n`
  if (settled && column === 'state') return `'settled'`
  if (settled && ENDED.includes(column)) return 'null'
  return `source."${column}"`
}
