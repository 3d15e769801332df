import type { ActionView } from '../../core/gate/views.ts'
import { approvedByPerson, boundWords, lastDecision, undoUntil, undoWords } from './action-words.ts'
import { titleBlocks } from './approval-card.ts'
import { actions, type Block, button, context, type Message } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'
import { decidedBlocks } from './locked-card.ts'
import { markButtons, markedBlocks } from './question-mark.ts'
import { fence, link, oneLine, sentence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** "Done: your homepage headline now reads …", with *Undo* until the hour and *Looks good*. */
export function doneCard(action: ActionView, ctx: ViewContext): Message {
  const until = undoUntil(action, ctx.now)
  const bound = boundWords(action)
  const undoLine = until === null ? '' : ` Undo until ${when(until, ctx)}.`
  return fitMessage({
    text: `Done: ${sentence(fence(action.preview.done))}${undoLine}`,
    blocks: [
      ...titleBlocks(`Done: ${sentence(oneLine(action.preview.done))}`),
      ...decidedBlocks(action, ctx),
      context(factLine(action, ctx, until)),
      ...(bound === null ? [] : [context(bound)]),
      ...confirmedBlocks(action, ctx),
      ...markedBlocks(action, ctx),
      ...doneButtons(action, until),
    ],
  })
}

function factLine(action: ActionView, ctx: ViewContext, until: Date | null): string {
  const openUrl = action.receipt?.openUrl ?? action.preview.openUrl
  const byItself =
    approvedByPerson(action) || action.level === null ? null : `Ran by itself at level ${action.level.inForce}`
  const parts = [
    action.executedAt === null ? null : when(action.executedAt, ctx),
    byItself,
    until === null ? (action.state === 'executed' ? undoWords(action) : null) : `Undo until *${when(until, ctx)}*`,
    action.connection.sandbox ? 'On a practice platform' : null,
    openUrl === undefined ? null : link(openUrl, 'See it'),
  ]
  return parts.filter((part) => part !== null).join('  ·  ') || 'It is done'
}

function confirmedBlocks(action: ActionView, ctx: ViewContext): Block[] {
  const confirmed = lastDecision(action, 'confirm')
  return confirmed === null
    ? []
    : [context(`:thumbsup:  *${fence(confirmed.by.name)}* says it looks good, ${when(confirmed.at, ctx)}`)]
}

function doneButtons(action: ActionView, until: Date | null): Block[] {
  const canConfirm = action.state === 'executed' && lastDecision(action, 'confirm') === null
  return [
    actions(blockIdOf(action), [
      ...(until === null ? [] : [button('action_undo', 'Undo', action.id)]),
      ...(canConfirm ? [button('action_confirm', 'Looks good', action.id)] : []),
      ...markButtons(action),
      button('action_details', 'Details', action.id),
    ]),
  ]
}
