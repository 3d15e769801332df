import type { ActionView } from '../../core/gate/views.ts'
import { titleBlocks } from './approval-card.ts'
import { reachWords } from './amounts.ts'
import { actions, button, context, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { frozenBlocks } from './frozen.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine, sentence } from './mrkdwn.ts'
import { finishedThing, originBlocks } from './origin.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** "Goes out at 14:05, stop it until then": what could not be called back afterwards waits first. */
export function heldCard(action: ActionView, ctx: ViewContext): Message {
  const at = action.holdUntil ?? action.slotAt
  const goesOut =
    at === null ? 'Goes out shortly; stop it until then.' : `Goes out ${when(at, ctx)}; stop it until then.`
  const reach = reachWords(action.reach, ctx)
  return fitMessage({
    text: `Going out: ${sentence(fence(action.preview.title))} ${goesOut}`,
    blocks: [
      ...titleBlocks(`Going out: ${sentence(oneLine(action.preview.title))}`),
      section(`*${goesOut}*${reach === null ? '' : `\nIt goes to ${reach}.`}`),
      ...originBlocks(action, ctx),
      ...finishedThing(action.preview, []),
      context(`Why now: ${fence(sentence(action.reason))}`),
      ...(action.frozenBy === null
        ? [
            actions(blockIdOf(action), [
              button('action_undo', 'Stop it', action.id, 'danger'),
              button('action_details', 'Details', action.id),
            ]),
          ]
        : frozenBlocks(action, action.frozenBy, ctx)),
    ],
  })
}
