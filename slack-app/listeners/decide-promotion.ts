import type { Refusal } from '../../core/gate/refusal.ts'
import type { Message } from '../views/blocks.ts'
import { refusalMessage } from '../views/refusals.ts'
import type { ShownTrust } from '../views/trust-block-id.ts'
import { withdrawnMessage } from '../views/withdrawn.ts'
import type { Press } from './press.ts'
import { redrawTrust } from './redraw-trust.ts'

/** Answers a proposed raise. The first answer stands; whoever comes later is told so, and the card is drawn afresh. */
export async function decidePromotion(press: Press<ShownTrust<'prm'>>, decision: 'grant' | 'decline'): Promise<void> {
  const decided = await press.deps.gate.decidePromotion(press.actor, press.shown.subject, decision, null)
  if (!decided.ok) await press.tell(await refused(press, decided.error))
  if (decided.ok || decided.error.kind !== 'not_permitted') await redrawTrust(press)
}

async function refused({ deps, actor, shown, ctx }: Press<ShownTrust<'prm'>>, refusal: Refusal): Promise<Message> {
  if (refusal.kind !== 'already_answered') return refusalMessage(refusal, ctx)
  const now = await deps.gate.getPromotion(actor, shown.subject)
  return now.ok && now.value.state === 'withdrawn' ? withdrawnMessage() : refusalMessage(refusal, ctx)
}
