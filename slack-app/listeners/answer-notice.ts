import type { NoticeAnswer } from '../../core/ports/promotions.ts'
import type { NoticeView } from '../../core/gate/promotion-views.ts'
import { refusalMessage } from '../views/refusals.ts'
import type { ShownTrust } from '../views/trust-block-id.ts'
import type { Press } from './press.ts'
import { redrawTrust } from './redraw-trust.ts'

/** Answers a notice and draws it afresh. Null: it was refused, and the presser knows why. */
export async function answerNotice(press: Press<ShownTrust<'ntc'>>, answer: NoticeAnswer): Promise<NoticeView | null> {
  const answered = await press.deps.gate.answerNotice(press.actor, press.shown.subject, answer)
  if (!answered.ok) await press.tell(refusalMessage(answered.error, press.ctx))
  if (answered.ok || answered.error.kind !== 'not_permitted') await redrawTrust(press)
  return answered.ok ? answered.value : null
}
