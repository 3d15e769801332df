import { randomUUID } from 'node:crypto'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import type { ProposalBody } from '../proposal.ts'

export const DATABASE_URL = process.env['DATABASE_URL'] ?? ''
const CAP = 1_000_000_000

/** The tables that the job queues need beside them: they have jobs, not state. */
export async function openActions(): Promise<Sql> {
  const sql = postgres(DATABASE_URL, { max: 10, onnotice: () => {} })
  await sql`create table if not exists budgets (workspace text primary key, reserved bigint not null)`
  await sql`
    create table if not exists actions (
      id uuid primary key,
      workspace text not null,
      idempotency_key text not null,
      state text not null,
      body jsonb not null,
      proposed_at timestamptz not null default now(),
      unique (workspace, idempotency_key))`
  return sql
}

/** One statement: the budget's row is checked and counted, and the action stored only where it fits. */
export async function insertAction(
  sql: Sql | TransactionSql,
  workspace: string,
  key: string,
  body: ProposalBody,
): Promise<string | null> {
  const id = randomUUID()
  const rows = await sql`
    with budget as (
      insert into budgets as b (workspace, reserved) values (${workspace}, 1)
      on conflict (workspace) do update set reserved = b.reserved + 1 where b.reserved + 1 <= ${CAP}
      returning workspace)
    insert into actions (id, workspace, idempotency_key, state, body)
    select ${id}, workspace, ${key}, 'waiting', ${sql.json(body)} from budget
    returning id`
  return rows.length === 1 ? id : null
}

/** Of several who run the same job one gets it. */
export async function claimAction(sql: Sql | TransactionSql, id: string): Promise<ProposalBody | null> {
  const [row] = await sql<{ body: ProposalBody }[]>`
    update actions set state = 'running' where id = ${id} and state = 'approved' returning body`
  return row?.body ?? null
}

export async function finishAction(sql: Sql | TransactionSql, id: string): Promise<void> {
  await sql`update actions set state = 'done' where id = ${id}`
}
