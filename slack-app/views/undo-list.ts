import type { ActionView } from '../../core/gate/views.ts'
import { undoUntil } from './action-words.ts'
import { type Block, button, header, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'
import { fence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** What can still be taken back or stopped, the newest first. */
export function undoList(actions: readonly ActionView[], ctx: ViewContext): Message {
  const items = actions
    .flatMap((action) => {
      const until = undoUntil(action, ctx.now) ?? (action.state === 'held' ? action.holdUntil : null)
      return until === null ? [] : [{ action, until }]
    })
    .sort((a, b) => b.action.proposedAt.getTime() - a.action.proposedAt.getTime())
    .slice(0, 10)
  if (items.length === 0) {
    return { text: 'Nothing to undo.', blocks: [section('There is nothing that can be undone at the moment.')] }
  }
  return fitMessage({
    text: 'What can be undone',
    blocks: [header('What can be undone'), ...items.map(({ action, until }) => itemBlock(action, until, ctx))],
  })
}

function itemBlock(action: ActionView, until: Date, ctx: ViewContext): Block {
  const held = action.state === 'held'
  const says = fence(held ? action.preview.title : action.preview.done)
  return {
    ...section(`*${says}*\n${held ? 'Goes out' : 'Undo until'} ${when(until, ctx)}`),
    block_id: blockIdOf(action, 'undo'),
    accessory: button('action_undo', held ? 'Stop it' : 'Undo', action.id, held ? 'danger' : undefined),
  }
}
