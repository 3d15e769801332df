import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { ProposalBody } from './proposal.ts'

/** What a program of the comparison does behind the front that all of them share. */
export type Job = {
  /** Stores it durably before it answers; null: the budget is used up. */
  propose(workspace: string, key: string, proposal: ProposalBody): Promise<string | null>
  /** A person's click. False: somebody else decided first. */
  approve(id: string): Promise<boolean>
}

/** Two addresses as the gate has them, with its validation; says on standard output where it listens. */
export function startFront(job: Job): void {
  const app = new Hono()
  app.post('/v1/actions', async (c) => {
    const read = ProposalBody.safeParse(await c.req.json())
    if (!read.success) return c.json({ title: 'malformed' }, 422)
    const workspace = c.req.header('authorization')?.split('_')[2] ?? ''
    const id = await job.propose(workspace, c.req.header('idempotency-key') ?? '', read.data)
    return id === null ? c.json({ title: 'blocked' }, 422) : c.json({ id, payload_hash: id, state: 'waiting' }, 202)
  })
  app.post('/v1/actions/:id/decisions', async (c) => {
    const approved = await job.approve(c.req.param('id'))
    return approved ? c.json({ state: 'approved' }) : c.json({ title: 'decided_already' }, 409)
  })
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    process.stdout.write(`ready http://127.0.0.1:${port}\n`),
  )
}

const platform = process.env['PLATFORM_URL'] ?? ''

/** The effect: one write on the platform. Throws when it was not taken. */
export async function runEffect(proposal: ProposalBody): Promise<void> {
  const { contactId, properties } = proposal.input
  const contact = typeof contactId === 'string' ? contactId : ''
  const answer = await fetch(`${platform}/crm/v3/objects/contacts/${contact}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ properties }),
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`the platform answered ${answer.status}`)
}
