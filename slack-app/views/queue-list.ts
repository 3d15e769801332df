import type { ActionView, ExceptionView } from '../../core/gate/views.ts'
import { reachWords } from './amounts.ts'
import { type Block, button, context, header, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'
import { fence, sentence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

const MOST = 15

/** What is waiting, the soonest first, each with its own *Open*. */
export function queueList(
  waiting: readonly ActionView[],
  more: boolean,
  exceptions: readonly ExceptionView[],
  ctx: ViewContext,
): Message {
  const open = exceptions.filter((exception) => exception.resolvedAt === null)
  if (waiting.length === 0 && open.length === 0) {
    return { text: 'Nothing is waiting.', blocks: [section('Nothing is waiting for a decision. :tada:')] }
  }
  const sorted = [...waiting].sort((a, b) => dueAt(a) - dueAt(b)).slice(0, MOST)
  return fitMessage({
    text: `${waiting.length} waiting for a decision`,
    blocks: [
      ...(sorted.length === 0 ? [] : [header('Waiting for a decision')]),
      ...sorted.map((action) => itemBlock(action, ctx)),
      ...(more || waiting.length > MOST ? [context('There is more: decide some of these, then ask again.')] : []),
      ...(open.length === 0 ? [] : [header('Please have a look')]),
      ...open.slice(0, MOST).map((exception) => section(`•  ${fence(sentence(exception.says))}`)),
    ],
  })
}

const dueAt = (action: ActionView): number => (action.slotAt ?? action.expiresAt)?.getTime() ?? Number.MAX_SAFE_INTEGER

function itemBlock(action: ActionView, ctx: ViewContext): Block {
  const plannedFor = action.slotAt
  const until = plannedFor ?? action.expiresAt
  const parts = [
    reachWords(action.reach, ctx),
    until === null ? null : `${plannedFor === null ? 'open until' : 'planned for'} ${when(until, ctx)}`,
    action.frozenBy === null ? null : 'stopped for now',
  ].filter((part) => part !== null)
  return {
    ...section(`*${fence(action.preview.title)}*${parts.length === 0 ? '' : `\n${parts.join('  ·  ')}`}`),
    block_id: blockIdOf(action, 'queue'),
    accessory: button('queue_open', 'Open', action.id),
  }
}
