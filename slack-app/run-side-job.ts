import { unreachable } from '../core/domain/result.ts'
import type { SideJob } from '../core/ports/approvals.ts'
import type { SlackDeps } from './deps.ts'
import { postDigest } from './post-digest.ts'
import { postHead } from './post-head.ts'
import { remind } from './remind.ts'
import { syncCard } from './sync-card.ts'
import type { SideJobResult } from './sync-context.ts'
import { syncTrustCard } from './sync-trust-card.ts'
import { tellCallbackDisabled } from './tell-callback-disabled.ts'

/** Runs one job of the queues that end in Slack. */
export async function runSideJob(deps: SlackDeps, job: SideJob): Promise<SideJobResult> {
  switch (job.queue) {
    case 'card':
      return syncCard(deps, job.workspaceId, job.subject)
    case 'reminder':
      return remind(deps, job)
    case 'digest':
      return postDigest(deps, job)
    case 'callback_notice':
      return tellCallbackDisabled(deps, job)
    case 'head':
      return postHead(deps, job)
    case 'trust_card':
      return syncTrustCard(deps, job.workspaceId, job.subject)
    case 'webhook':
    case 'review':
      return { kind: 'failed', says: 'This is not told through Slack' }
    default:
      return unreachable(job)
  }
}
