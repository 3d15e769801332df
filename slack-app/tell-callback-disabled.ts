import type { SideJob } from '../core/ports/approvals.ts'
import type { SlackDeps } from './deps.ts'
import { postOnce } from './post-once.ts'
import { approvalsChannel, type SideJobResult, syncContext } from './sync-context.ts'
import { callbackNotice } from './views/callback-notice.ts'

/** One message each time that an address is disabled, also when the job runs twice; none when it was mended meanwhile. */
export async function tellCallbackDisabled(
  deps: SlackDeps,
  job: Extract<SideJob, { queue: 'callback_notice' }>,
): Promise<SideJobResult> {
  const sync = await syncContext(deps, job.workspaceId)
  if (!sync.ok) return { kind: 'failed', says: sync.error }
  const reader = deps.reader(job.workspaceId)
  const listed = await deps.gate.listCallbacks(reader)
  const endpoint = listed.ok ? listed.value.find(({ id }) => id === job.subject) : undefined
  if (!endpoint?.disabledAt) return { kind: 'done' }
  const agents = await deps.gate.listAgents(reader)
  const agent = agents.ok ? agents.value.find(({ id }) => id === endpoint.proposerId) : undefined
  return postOnce(
    sync.value,
    { workspaceId: job.workspaceId, subject: endpoint.id, slot: `disabled-${endpoint.disabledAt.getTime()}` },
    { channel: approvalsChannel(sync.value) },
    callbackNotice(endpoint, agent?.name ?? null),
  )
}
