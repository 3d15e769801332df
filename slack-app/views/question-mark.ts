import type { ActionView } from '../../core/gate/views.ts'
import { lastDecision } from './action-words.ts'
import { type Block, button, context } from './blocks.ts'
import { fence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

const markOf = (action: ActionView) => lastDecision(action, 'right_to_ask', 'no_need_to_ask')

/** What somebody said of the question that was put to them. */
export function markedBlocks(action: ActionView, ctx: ViewContext): Block[] {
  const mark = markOf(action)
  if (mark === null) return []
  const says =
    mark.decision === 'right_to_ask' ? ':thumbsup:  It was right to ask' : ':fast_forward:  There was no need to ask'
  return [context(`${says}, says *${fence(mark.by.name)}*, ${when(mark.at, ctx)}`)]
}

/** Whether it was right to ask about what a person let through although its level alone would not have asked. */
export function markButtons(action: ActionView) {
  const mayMark = action.asked !== null && action.state === 'executed' && action.plan === null
  if (!mayMark || markOf(action) !== null) return []
  return [button('question_right', 'Right to ask', action.id), button('question_no_need', 'No need to ask', action.id)]
}
