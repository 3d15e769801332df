import type { SideJob } from '../core/ports/approvals.ts'
import type { SlackDeps } from './deps.ts'
import { postOnce } from './post-once.ts'
import { approvalsChannel, type SideJobResult, syncContext } from './sync-context.ts'
import { headMessage } from './views/head-message.ts'

/** Posts the newest head, once a batch: what Slack keeps, nobody rewrites with the database. */
export async function postHead(deps: SlackDeps, job: Extract<SideJob, { queue: 'head' }>): Promise<SideJobResult> {
  const head = await deps.gate.headOfLedger(job.workspaceId)
  if (head === null) return { kind: 'done' }
  const sync = await syncContext(deps, job.workspaceId)
  if (!sync.ok) return { kind: 'failed', says: sync.error }
  return postOnce(
    sync.value,
    { workspaceId: job.workspaceId, subject: job.workspaceId, slot: `head-${head.batch}` },
    { channel: approvalsChannel(sync.value) },
    headMessage(head),
  )
}
