import { run } from 'graphile-worker'
import { runEffect, startFront } from '../front.ts'
import { claimAction, DATABASE_URL, finishAction, insertAction, openActions } from './actions-table.ts'

const sql = await openActions()
await run({
  connectionString: DATABASE_URL,
  noHandleSignals: true,
  // Jobs are fetched and completed in batches: what its documentation advises for a high rate.
  preset: { worker: { concurrentJobs: 16, maxPoolSize: 10, localQueue: { size: 17 }, completeJobBatchDelay: 0 } },
  taskList: {
    async execute(payload) {
      const { id } = payload as { id: string }
      const proposal = await claimAction(sql, id)
      if (!proposal) return
      await runEffect(proposal)
      await finishAction(sql, id)
    },
  },
})

startFront({
  propose: (workspace, key, proposal) => insertAction(sql, workspace, key, proposal),
  async approve(id) {
    const rows = await sql`
      with approved as (update actions set state = 'approved' where id = ${id} and state = 'waiting' returning id)
      select graphile_worker.add_job('execute', json_build_object('id', id)) from approved`
    return rows.length === 1
  },
})
