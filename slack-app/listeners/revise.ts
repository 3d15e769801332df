import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { reviseModal } from '../views/revise-modal.ts'
import { decideFromModal, openDecisionModal } from './decision-modal.ts'
import { onPress } from './press.ts'
import { onSubmission } from './submission.ts'

/** *Ask for changes*: a comment for the agent. */
export function listenRevise(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_revise', (press) => openDecisionModal(press, reviseModal))
  onSubmission(app, deps, 'revise_action', async (submission) => {
    const reason = submission.entered('comment')?.value?.trim() ?? ''
    if (reason === '') {
      await submission.ack({
        response_action: 'errors',
        errors: { comment: 'Say in a sentence what should be different.' },
      })
      return
    }
    await submission.ack()
    await decideFromModal(submission, { decision: 'revise', reason })
  })
}
