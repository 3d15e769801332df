import type { State } from '../../core/domain/action-states.ts'
import type { ActionView, PlanView } from '../../core/gate/views.ts'
import { approvedByPerson } from './action-words.ts'
import type { Message } from './blocks.ts'
import { cardFor, noticeFor } from './card-for.ts'
import { exceptionCard } from './exception-card.ts'
import { failureCard } from './failure-card.ts'
import { planCard } from './plan-card.ts'
import { planReply, requesterReply, resultReply } from './result-reply.ts'
import type { ViewContext } from './view-context.ts'

/** Which message of a subject it is; one each. */
export type Slot = 'card' | 'notice' | 'exception' | 'failure' | 'result' | 'requester'

export type Place =
  | { readonly kind: 'approvals_channel' }
  /** In the thread of the subject's card; where there is none: nowhere, or, for what must be told, in the channel. */
  | { readonly kind: 'card_thread'; readonly mustBeTold: boolean }
  | { readonly kind: 'thread'; readonly channel: string; readonly ts: string }

export type DesiredMessage = {
  readonly slot: Slot
  readonly place: Place
  /** `post`: must be there. `update`: keep it true where it was posted before, but do not begin now. */
  readonly want: 'post' | 'update'
  readonly message: Message
}

/** Every message that should stand in Slack about an action, as it is now. Pure. */
export function messagesFor(action: ActionView, ctx: ViewContext): readonly DesiredMessage[] {
  // A step speaks through its plan's card; only what needs a person of its own has a message of its own.
  const own = action.plan === null ? [card(action, ctx), notice(action, ctx), ...results(action, ctx)] : []
  return [...own, ...exceptions(action, ctx)]
}

/** The same for a plan: its one card, and the answer to whoever asked. */
export function messagesForPlan(plan: PlanView, ctx: ViewContext): readonly DesiredMessage[] {
  const thread = plan.steps[0]?.requestedBy?.thread
  const level = Math.min(...plan.steps.map((step) => step.level?.inForce ?? 2))
  const asksOrFailed = plan.state === 'awaiting_approval' || plan.state === 'stopped'
  const tells = level === 3 && (plan.state === 'running' || plan.state === 'executed')
  const card: DesiredMessage = {
    slot: 'card',
    place: { kind: 'approvals_channel' },
    want: asksOrFailed || tells ? 'post' : 'update',
    message: planCard(plan, ctx),
  }
  if (thread === undefined) return [card]
  return [
    card,
    {
      slot: 'requester',
      place: { kind: 'thread', channel: thread.channel, ts: thread.ts },
      want: PLAN_ENDED.includes(plan.state) ? 'post' : 'update',
      message: planReply(plan),
    },
  ]
}

const PLAN_ENDED: readonly PlanView['state'][] = ['executed', 'stopped', 'rejected', 'expired', 'cancelled', 'blocked']

const card = (action: ActionView, ctx: ViewContext): DesiredMessage => ({
  slot: 'card',
  place: { kind: 'approvals_channel' },
  want: action.state === 'awaiting_approval' ? 'post' : 'update',
  message: cardFor(action, ctx),
})

const notice = (action: ActionView, ctx: ViewContext): DesiredMessage => ({
  slot: 'notice',
  place: { kind: 'approvals_channel' },
  want: isTold(action) ? 'post' : 'update',
  message: noticeFor(action, ctx),
})

/** Level 3 acts and tells. Levels 4 and 5 act silently, but what waits out its hold is always shown. */
function isTold(action: ActionView): boolean {
  if (approvedByPerson(action) || action.level === null || action.level.inForce < 3) return false
  if (action.state === 'held') return true
  return action.level.inForce === 3 && (action.state === 'executed' || action.state === 'scheduled')
}

const ENDED: readonly State[] = ['executed', 'failed', 'rejected', 'expired', 'cancelled', 'blocked']

function results(action: ActionView, ctx: ViewContext): DesiredMessage[] {
  const happened = action.state === 'executed' || action.state === 'settled'
  const thread = action.requestedBy?.thread
  const list: DesiredMessage[] = [
    {
      slot: 'result',
      place: { kind: 'card_thread', mustBeTold: false },
      want: happened ? 'post' : 'update',
      message: resultReply(action),
    },
    {
      slot: 'failure',
      place: { kind: 'card_thread', mustBeTold: true },
      want: action.state === 'failed' ? 'post' : 'update',
      message: failureCard(action),
    },
  ]
  if (thread === undefined) return list
  return [
    ...list,
    {
      slot: 'requester',
      place: { kind: 'thread', channel: thread.channel, ts: thread.ts },
      want: ENDED.includes(action.state) ? 'post' : 'update',
      message: requesterReply(action, ctx),
    },
  ]
}

const exceptions = (action: ActionView, ctx: ViewContext): DesiredMessage[] =>
  action.exception === null
    ? []
    : [
        {
          slot: 'exception',
          place: { kind: 'approvals_channel' },
          want: action.exception.resolvedAt === null ? 'post' : 'update',
          message: exceptionCard(action, action.exception, ctx),
        },
      ]
