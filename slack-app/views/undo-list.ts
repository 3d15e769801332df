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
      const until = undoUntil(action, ctx.now) ?? goesAt(action)
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

const isHeldHere = ({ state }: ActionView): boolean => state === 'held' || state === 'scheduled'

/** When what has not gone out yet goes out; null: it has, or it waits its turn. */
const goesAt = (action: ActionView): Date | null => (isHeldHere(action) ? (action.holdUntil ?? action.slotAt) : null)

function itemBlock(action: ActionView, until: Date, ctx: ViewContext): Block {
  const held = isHeldHere(action)
  const says = fence(held ? action.preview.title : action.preview.done)
  return {
    ...section(`*${says}*\n${held ? 'Goes out' : 'Undo until'} ${when(until, ctx)}`),
    block_id: blockIdOf(action, 'undo'),
    accessory: button('action_undo', held ? 'Stop it' : 'Undo', action.id, held ? 'danger' : undefined),
  }
}
