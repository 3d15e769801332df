import { randomUUID } from 'node:crypto'
import { DBOS } from '@dbos-inc/dbos-sdk'
import postgres from 'postgres'
import { runEffect, startFront } from '../front.ts'
import type { ProposalBody } from '../proposal.ts'

const DATABASE_URL = process.env['DATABASE_URL'] ?? ''
const WEEK_SECONDS = 604_800
const sql = postgres(DATABASE_URL, { max: 10, onnotice: () => {} })
await sql`create table if not exists budgets (workspace text primary key, reserved bigint not null)`

async function reserve(workspace: string): Promise<boolean> {
  const rows = await sql`
    insert into budgets as b (workspace, reserved) values (${workspace}, 1)
    on conflict (workspace) do update set reserved = b.reserved + 1 where b.reserved + 1 <= 1000000000
    returning workspace`
  return rows.length === 1
}

const action = DBOS.registerWorkflow(
  async (workspace: string, proposal: ProposalBody): Promise<void> => {
    if (!(await DBOS.runStep(() => reserve(workspace), { name: 'reserve' }))) return
    const decision = await DBOS.recv<string>('decision', WEEK_SECONDS)
    if (decision === 'approve') await DBOS.runStep(() => runEffect(proposal), { name: 'effect' })
  },
  { name: 'action' },
)

DBOS.setConfig({ name: 'bench', systemDatabaseUrl: DATABASE_URL, systemDatabasePoolSize: 10, logLevel: 'error' })
await DBOS.launch()

startFront({
  async propose(workspace, _key, proposal) {
    const id = randomUUID()
    await DBOS.startWorkflow(action, { workflowID: id })(workspace, proposal)
    return id
  },
  async approve(id) {
    await DBOS.send(id, 'approve', 'decision', id)
    return true
  },
})
