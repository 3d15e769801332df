// Frozen at its first commit: every propose target is a ratio to what this program does in the same run.
import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'
import { ProposalBody } from './proposal.ts'

const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 10, onnotice: () => {} })
await sql`
  create table if not exists proposals (
    id uuid primary key,
    workspace text not null,
    idempotency_key text not null,
    body jsonb not null,
    at timestamptz not null default now(),
    unique (workspace, idempotency_key))`

const app = new Hono()

app.post('/v1/actions', async (c) => {
  const read = ProposalBody.safeParse(await c.req.json())
  if (!read.success) return c.json({ title: 'malformed' }, 422)
  const id = randomUUID()
  const workspace = c.req.header('authorization')?.split('_')[2] ?? ''
  const key = c.req.header('idempotency-key') ?? ''
  await sql`
    insert into proposals (id, workspace, idempotency_key, body)
    values (${id}, ${workspace}, ${key}, ${sql.json(read.data)})`
  return c.json({ id, state: 'stored' }, 202)
})

serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 0), hostname: '127.0.0.1' }, ({ port }) =>
  process.stdout.write(`ready http://127.0.0.1:${port}\n`),
)
