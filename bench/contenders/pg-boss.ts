import { PgBoss } from 'pg-boss'
import { runEffect, startFront } from '../front.ts'
import { claimAction, DATABASE_URL, finishAction, insertAction, openActions } from './actions-table.ts'

const sql = await openActions()
const boss = new PgBoss({ connectionString: DATABASE_URL, max: 10, useListenNotify: true })
boss.on('error', (error) => process.stderr.write(`${String(error)}\n`))
await boss.start()
await boss.createQueue('execute', { notify: true, retryLimit: 5 })

// Woken by NOTIFY; a full batch is followed by the next at once; polling at its shortest is the net.
const pace = {
  batchSize: 16,
  localConcurrency: 4,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
}
await boss.work<{ id: string }>('execute', pace, async (jobs) => {
  await Promise.all(
    jobs.map(async ({ data }) => {
      const proposal = await claimAction(sql, data.id)
      if (!proposal) return
      await runEffect(proposal)
      await finishAction(sql, data.id)
    }),
  )
})

startFront({
  propose: (workspace, key, proposal) => insertAction(sql, workspace, key, proposal),
  approve: (id) =>
    sql.begin(async (tx) => {
      const rows = await tx`update actions set state = 'approved' where id = ${id} and state = 'waiting' returning id`
      if (rows.length === 0) return false
      const db = {
        executeSql: async (text: string, values: unknown[] = []) => ({
          rows: [...(await tx.unsafe(text, values as never[]))],
        }),
      }
      await boss.send('execute', { id }, { db })
      return true
    }),
})
