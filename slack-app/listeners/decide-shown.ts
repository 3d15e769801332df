import type { WorkspaceId } from '../../core/domain/ids.ts'
import type { Result } from '../../core/domain/result.ts'
import type { Gate } from '../../core/gate/gate.ts'
import type { DecisionRequest } from '../../core/gate/requests.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { ActionView, PlanView } from '../../core/gate/views.ts'
import type { SlackDeps } from '../deps.ts'
import type { Member } from '../presser.ts'
import { syncCard } from '../sync-card.ts'
import { isPlanId, type Shown } from '../views/block-id.ts'
import { cardFor } from '../views/card-for.ts'
import { planCard } from '../views/plan-card.ts'
import { refusalMessage } from '../views/refusals.ts'
import type { Press } from './press.ts'

export type Decision = Pick<DecisionRequest, 'decision' | 'severity' | 'reason' | 'outside' | 'cause'>

/** Decides about what the card showed, and nothing else: the hash that it carried goes to the gate. */
export async function decideShown(
  gate: Gate,
  actor: Member,
  shown: Shown,
  decision: Decision,
): Promise<Result<ActionView | PlanView, Refusal>> {
  const request = { ...decision, payloadHash: shown.hash }
  return isPlanId(shown.subject)
    ? gate.decidePlan(actor, shown.subject, request)
    : gate.decideAction(actor, { ...request, actionId: shown.subject })
}

/** After a refusal of these kinds the card is as it was; after any other it may be out of date. */
const CARD_STAYS: readonly Refusal['kind'][] = [
  'not_permitted',
  'not_found',
  'malformed',
  'rate_limited',
  'check_failed',
]

/** Draws the card afresh, or tells the presser privately why not. */
export async function settle(press: Press, answer: Result<ActionView | PlanView, Refusal>): Promise<void> {
  if (answer.ok) {
    if (press.ephemeral) await press.replace(drawn(press, answer.value))
    await redraw(press.deps, press.workspace.id, press.shown.subject)
    return
  }
  await press.tell(refusalMessage(answer.error, press.ctx))
  if (!CARD_STAYS.includes(answer.error.kind)) await redraw(press.deps, press.workspace.id, press.shown.subject)
}

const drawn = (press: Press, view: ActionView | PlanView) =>
  'steps' in view ? planCard(view, press.ctx) : cardFor(view, press.ctx)

/** At once, for the one who pressed; where Slack wants us to wait, the job that the gate queued draws it. */
export async function redraw(deps: SlackDeps, workspaceId: WorkspaceId, subject: Shown['subject']): Promise<void> {
  const drawnNow = await syncCard(deps, workspaceId, subject)
  if (drawnNow.kind !== 'done') deps.log('info', 'slack: a card is drawn later', { result: drawnNow.kind })
}
