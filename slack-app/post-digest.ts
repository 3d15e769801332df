import type { SideJob } from '../core/ports/approvals.ts'
import type { ActionView } from '../core/gate/views.ts'
import type { SlackDeps } from './deps.ts'
import { postOnce } from './post-once.ts'
import { approvalsChannel, type SideJobResult, syncContext } from './sync-context.ts'
import { digestMessage } from './views/digest.ts'

const PERIOD_MS = { week: 7 * 86_400_000, month: 30 * 86_400_000 } as const
/** Nothing is sensibly planned for longer than this: what was proposed before cannot have run in the period. */
const LONGEST_SCHEDULE_MS = 90 * 86_400_000

/** The summary of what ran at levels 4 and 5; nothing ran, nothing is said. */
export async function postDigest(deps: SlackDeps, job: Extract<SideJob, { queue: 'digest' }>): Promise<SideJobResult> {
  const sync = await syncContext(deps, job.workspaceId)
  if (!sync.ok) return { kind: 'failed', says: sync.error }
  const since = new Date(sync.value.ctx.now.getTime() - PERIOD_MS[job.period])
  const ran = await ranSince(deps, job, since)
  const newest = ran[0]
  if (newest === undefined) return { kind: 'done' }
  // Hung on the newest action, so that a job that runs twice tells it once.
  return postOnce(
    sync.value,
    { workspaceId: job.workspaceId, subject: newest.id, slot: `digest-${job.period}` },
    { channel: approvalsChannel(sync.value) },
    digestMessage(ran, job.period, sync.value.ctx),
  )
}

async function ranSince(
  deps: SlackDeps,
  job: Extract<SideJob, { queue: 'digest' }>,
  since: Date,
): Promise<ActionView[]> {
  const reader = deps.reader(job.workspaceId)
  const ran: ActionView[] = []
  let cursor: string | undefined
  const earliest = new Date(since.getTime() - LONGEST_SCHEDULE_MS)
  for (;;) {
    const page = await deps.gate.listActions(reader, {}, { limit: 100, ...(cursor !== undefined && { cursor }) })
    if (!page.ok) break
    ran.push(...page.value.items.filter((action) => ranByItself(action, since)))
    // Newest proposals first; what runs in the period may have been proposed, and scheduled, long before it.
    const oldest = page.value.items.at(-1)
    if (page.value.nextCursor === null || oldest === undefined || oldest.proposedAt < earliest) break
    cursor = page.value.nextCursor
  }
  return ran.sort((a, b) => (b.executedAt?.getTime() ?? 0) - (a.executedAt?.getTime() ?? 0))
}

const ranByItself = (action: ActionView, since: Date): boolean =>
  action.executedAt !== null &&
  action.executedAt >= since &&
  action.level !== null &&
  action.level.inForce >= 4 &&
  !action.decisions.some((one) => one.decision === 'approve' || one.decision === 'edit')
