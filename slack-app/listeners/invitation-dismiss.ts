import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { ShownNoticeSchema } from '../views/trust-block-id.ts'
import { answerNotice } from './answer-notice.ts'
import { onPressOf } from './press.ts'

/** *Not now*: nothing changes. */
export function listenInvitationDismiss(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'invitation_dismiss', ShownNoticeSchema, async (press) => {
    await answerNotice(press, 'dismiss')
  })
}
