import type { ActionView } from '../../core/gate/views.ts'
import { approvedByPerson } from './action-words.ts'
import { approvalCard } from './approval-card.ts'
import type { Message } from './blocks.ts'
import { doneCard } from './done-card.ts'
import { heldCard } from './held-card.ts'
import { lockedCard } from './locked-card.ts'
import type { ViewContext } from './view-context.ts'

/** The card of an action in the approvals channel, whatever has become of it. */
export function cardFor(action: ActionView, ctx: ViewContext): Message {
  return action.state === 'awaiting_approval' ? approvalCard(action, ctx) : noticeFor(action, ctx)
}

/** The same for what acts by its level: it never asks; when it is sent to review, its own card asks. */
export function noticeFor(action: ActionView, ctx: ViewContext): Message {
  const { state } = action
  if (state === 'executed' || state === 'settled') return doneCard(action, ctx)
  const waitsByItself = (state === 'held' || state === 'scheduled') && !approvedByPerson(action)
  return waitsByItself ? heldCard(action, ctx) : lockedCard(action, ctx)
}
