import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { listenApprove } from './approve.ts'
import { listenAudit } from './audit.ts'
import { listenCommands } from './commands/listen.ts'
import { listenConfirm } from './confirm.ts'
import { listenDetails } from './details.ts'
import { listenEdit } from './edit.ts'
import { listenException } from './exception.ts'
import { listenGrantRenew } from './grant-renew.ts'
import { listenInvitationDismiss } from './invitation-dismiss.ts'
import { listenInvitationReview } from './invitation-review.ts'
import { listenLevelReclaim } from './level-reclaim.ts'
import { listenPromotionDecline } from './promotion-decline.ts'
import { listenPromotionDossier } from './promotion-dossier.ts'
import { listenPromotionGrant } from './promotion-grant.ts'
import { listenQuestion } from './question.ts'
import { listenReject } from './reject.ts'
import { listenRevise } from './revise.ts'
import { listenTest } from './send-test.ts'
import { listenSnooze } from './snooze.ts'
import { listenUndo } from './undo.ts'

/** Every interaction that the app answers. */
export function listen(app: App, deps: SlackDeps): void {
  for (const register of [
    listenApprove,
    listenEdit,
    listenRevise,
    listenReject,
    listenUndo,
    listenSnooze,
    listenDetails,
    listenTest,
    listenConfirm,
    listenException,
    listenPromotionGrant,
    listenPromotionDecline,
    listenPromotionDossier,
    listenGrantRenew,
    listenInvitationReview,
    listenInvitationDismiss,
    listenLevelReclaim,
    listenAudit,
    listenQuestion,
    listenCommands,
  ]) {
    register(app, deps)
  }
}
