import type { App } from '@slack/bolt'
import { SEVERITIES, TOPICS } from '../../core/domain/decision.ts'
import type { SlackDeps } from '../deps.ts'
import { rejectModal } from '../views/reject-modal.ts'
import { decideFromModal, openDecisionModal } from './decision-modal.ts'
import { onPress } from './press.ts'
import { onSubmission } from './submission.ts'

/** *Reject*: how much it weighs, why, and whether something outside was the reason. */
export function listenReject(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_reject', (press) => openDecisionModal(press, rejectModal))
  onSubmission(app, deps, 'reject_action', async (submission) => {
    const severity = SEVERITIES.find((one) => one === submission.entered('severity')?.selected_option?.value)
    const cause = TOPICS.find((one) => one === submission.entered('cause')?.selected_option?.value)
    const reason = submission.entered('reason')?.value?.trim()
    const outside = (submission.entered('outside')?.selected_options ?? []).length > 0
    await submission.ack()
    await decideFromModal(submission, {
      decision: 'reject',
      outside,
      ...(severity !== undefined && { severity }),
      ...(cause !== undefined && { cause }),
      ...(reason !== undefined && reason !== '' && { reason }),
    })
  })
}
