import type { App } from '@slack/bolt'
import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import type { NoticeView } from '../../core/gate/promotion-views.ts'
import type { SlackDeps } from '../deps.ts'
import { readTrust } from '../read-trust.ts'
import { refusalMessage } from '../views/refusals.ts'
import { ShownNoticeSchema } from '../views/trust-block-id.ts'
import { trustSummary } from '../views/trust-summary.ts'
import { answerNotice } from './answer-notice.ts'
import { onPressOf } from './press.ts'

/** *Show me*: notes that somebody looks, and shows them alone how trust stands there. */
export function listenInvitationReview(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'invitation_review', ShownNoticeSchema, async (press) => {
    const answered = await answerNotice(press, 'review')
    if (answered === null) return
    const what = categoryOf(answered.body)
    const trust = await readTrust(deps.gate, press.actor, what)
    await press.tell(trust.ok ? trustSummary(what, trust.value, press.ctx) : refusalMessage(trust.error, press.ctx))
  })
}

const categoryOf = ({ category, key }: NoticeView['body']): string | null =>
  category ?? (key === undefined ? null : categoryOfScope(key.scope))
