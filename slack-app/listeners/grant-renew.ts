import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { ShownNoticeSchema } from '../views/trust-block-id.ts'
import { answerNotice } from './answer-notice.ts'
import { onPressOf } from './press.ts'

/** *Renew*: what would run out goes on until the next quarterly review. */
export function listenGrantRenew(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'grant_renew', ShownNoticeSchema, async (press) => {
    await answerNotice(press, 'renew')
  })
}
