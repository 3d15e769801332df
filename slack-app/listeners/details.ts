import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { approvalCard } from '../views/approval-card.ts'
import { isPlanId } from '../views/block-id.ts'
import { cardFor } from '../views/card-for.ts'
import { detailsMessage, planDetails } from '../views/details.ts'
import { planCard } from '../views/plan-card.ts'
import { refusalMessage } from '../views/refusals.ts'
import { onPress, type Press } from './press.ts'

/** *Details*: everything, for the one who asked. */
export function listenDetails(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_details', async (press) => {
    const { subject } = press.shown
    if (isPlanId(subject)) {
      const plan = await deps.gate.getPlan(press.actor, subject)
      await press.tell(plan.ok ? planDetails(plan.value, press.ctx) : refusalMessage(plan.error, press.ctx))
      return
    }
    const action = await deps.gate.getAction(press.actor, subject)
    await press.tell(action.ok ? detailsMessage(action.value, press.ctx) : refusalMessage(action.error, press.ctx))
  })
  onPress(app, deps, 'queue_open', openFromQueue)
}

/** *Open* in the queue: the whole card, for one person, with buttons that work. */
async function openFromQueue(press: Press): Promise<void> {
  const { deps, actor, ctx } = press
  const { subject } = press.shown
  if (isPlanId(subject)) {
    const plan = await deps.gate.getPlan(actor, subject)
    await press.tell(plan.ok ? planCard(plan.value, ctx) : refusalMessage(plan.error, ctx))
    return
  }
  const action = await deps.gate.getAction(actor, subject)
  if (!action.ok) await press.tell(refusalMessage(action.error, ctx))
  else if (action.value.state === 'awaiting_approval') await press.tell(approvalCard(action.value, ctx, 'detailed'))
  else await press.tell(cardFor(action.value, ctx))
}
