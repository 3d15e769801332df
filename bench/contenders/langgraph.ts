import { randomUUID } from 'node:crypto'
import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import postgres from 'postgres'
import { runEffect, startFront } from '../front.ts'
import type { ProposalBody } from '../proposal.ts'

const DATABASE_URL = process.env['DATABASE_URL'] ?? ''
const sql = postgres(DATABASE_URL, { max: 10, onnotice: () => {} })
await sql`create table if not exists budgets (workspace text primary key, reserved bigint not null)`
const checkpointer = new PostgresSaver(new pg.Pool({ connectionString: DATABASE_URL, max: 10 }))
await checkpointer.setup()

const State = Annotation.Root({
  workspace: Annotation<string>,
  proposal: Annotation<ProposalBody>,
  fits: Annotation<boolean>,
  decision: Annotation<string>,
})

const graph = new StateGraph(State)
  .addNode('reserve', async ({ workspace }) => {
    const rows = await sql`
      insert into budgets as b (workspace, reserved) values (${workspace}, 1)
      on conflict (workspace) do update set reserved = b.reserved + 1 where b.reserved + 1 <= 1000000000
      returning workspace`
    return { fits: rows.length === 1 }
  })
  .addNode('ask', () => ({ decision: interrupt<string, string>('May it go out?') }))
  .addNode('effect', async ({ proposal }) => {
    await runEffect(proposal)
    return {}
  })
  .addEdge(START, 'reserve')
  .addConditionalEdges('reserve', ({ fits }) => (fits ? 'ask' : END), ['ask', END])
  .addConditionalEdges('ask', ({ decision }) => (decision === 'approve' ? 'effect' : END), ['effect', END])
  .addEdge('effect', END)
  .compile({ checkpointer })

startFront({
  async propose(workspace, _key, proposal) {
    const id = randomUUID()
    await graph.invoke({ workspace, proposal }, { configurable: { thread_id: id } })
    return id
  },
  async approve(id) {
    await graph.invoke(new Command({ resume: 'approve' }), { configurable: { thread_id: id } })
    return true
  },
})
