import type { SideJob } from '../core/ports/approvals.ts'
import type { SlackDeps } from './deps.ts'
import { BUSY, postOnce, whereItStands } from './post-once.ts'
import { syncCard } from './sync-card.ts'
import { type SideJobResult, syncContext } from './sync-context.ts'
import { reminderMessage } from './views/reminder.ts'
import { personWords } from './views/view-context.ts'

/** A thread reply under the card that mentions the person; once for every reminder, even when the job runs twice. */
export async function remind(deps: SlackDeps, job: Extract<SideJob, { queue: 'reminder' }>): Promise<SideJobResult> {
  const drawn = await syncCard(deps, job.workspaceId, job.subject)
  if (drawn.kind !== 'done') return drawn
  const sync = await syncContext(deps, job.workspaceId)
  if (!sync.ok) return { kind: 'failed', says: sync.error }
  const action = await deps.gate.getAction(deps.reader(job.workspaceId), job.subject)
  // Decided meanwhile, or frozen: nobody is to be reminded.
  if (!action.ok || action.value.state !== 'awaiting_approval' || action.value.frozenBy !== null)
    return { kind: 'done' }
  const subject = action.value.plan?.id ?? job.subject
  const card = await whereItStands(deps.messages, { workspaceId: job.workspaceId, subject, slot: 'card' })
  if (card === null || card === 'busy') return BUSY
  const slot = job.kind === 'escalate' ? `escalation-${action.value.reminders}` : `reminder-${action.value.reminders}`
  const to = job.to === null ? null : personWords(job.to, sync.value.ctx)
  return postOnce(
    sync.value,
    { workspaceId: job.workspaceId, subject: job.subject, slot },
    { channel: card.channel, thread: card.ts },
    reminderMessage(action.value, job.kind, to, sync.value.ctx),
  )
}
