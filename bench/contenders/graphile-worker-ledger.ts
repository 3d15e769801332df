import { createHash } from 'node:crypto'
import { run } from 'graphile-worker'
import type { TransactionSql } from 'postgres'
import { runEffect, startFront } from '../front.ts'
import { claimAction, DATABASE_URL, finishAction, insertAction, openActions } from './actions-table.ts'

const sql = await openActions()
await sql`
  create table if not exists ledger_events (
    id bigint primary key generated always as identity,
    workspace text not null,
    tx xid8 not null default pg_current_xact_id(),
    subject uuid not null,
    subject_version integer not null,
    type text not null,
    at timestamptz not null default now(),
    body text not null,
    digest text not null,
    unique (workspace, subject, subject_version))`

/** The event of a move, as the gate writes one: the bytes that were digested, in the transaction of the move. */
async function append(tx: TransactionSql, workspace: string, subject: string, version: number, type: string) {
  const body = JSON.stringify({
    by: workspace,
    hash: subject,
    kind: 'hubspot.contact.update',
    scope: 'crm.small',
    type,
  })
  const digest = createHash('sha256').update(body).digest('hex')
  await tx`
    insert into ledger_events (workspace, subject, subject_version, type, body, digest)
    values (${workspace}, ${subject}, ${version}, ${type}, ${body}, ${digest})`
}

await run({
  connectionString: DATABASE_URL,
  noHandleSignals: true,
  // Jobs are fetched and completed in batches: what its documentation advises for a high rate.
  preset: { worker: { concurrentJobs: 16, maxPoolSize: 10, localQueue: { size: 17 }, completeJobBatchDelay: 0 } },
  taskList: {
    async execute(payload) {
      const { id, workspace } = payload as { id: string; workspace: string }
      const proposal = await sql.begin(async (tx) => {
        const claimed = await claimAction(tx, id)
        if (claimed) await append(tx, workspace, id, 3, 'claimed')
        return claimed
      })
      if (!proposal) return
      await runEffect(proposal)
      await sql.begin(async (tx) => {
        await finishAction(tx, id)
        await append(tx, workspace, id, 4, 'executed')
      })
    },
  },
})

startFront({
  propose: (workspace, key, proposal) =>
    sql.begin(async (tx) => {
      const id = await insertAction(tx, workspace, key, proposal)
      if (id !== null) await append(tx, workspace, id, 1, 'proposed')
      return id
    }),
  approve: (id) =>
    sql.begin(async (tx) => {
      const [row] = await tx<{ workspace: string }[]>`
        with approved as (
          update actions set state = 'approved' where id = ${id} and state = 'waiting' returning id, workspace)
        select workspace,
               (graphile_worker.add_job('execute', json_build_object('id', id, 'workspace', workspace))).id as job
        from approved`
      if (!row) return false
      await append(tx, row.workspace, id, 2, 'approved')
      return true
    }),
})
