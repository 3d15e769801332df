import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { ShownNoticeSchema } from '../views/trust-block-id.ts'
import { answerNotice } from './answer-notice.ts'
import { onPressOf } from './press.ts'

/** *Looks good* and *Not right* on what was drawn by lot: either is a judgement that counts. */
export function listenAudit(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'audit_confirm', ShownNoticeSchema, async (press) => {
    await answerNotice(press, 'looks_good')
  })
  onPressOf(app, deps, 'audit_reject', ShownNoticeSchema, async (press) => {
    await answerNotice(press, 'not_right')
  })
}
