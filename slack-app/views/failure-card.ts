import type { ActionView } from '../../core/gate/views.ts'
import { titleBlocks } from './approval-card.ts'
import { actions, button, context, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine, sentence } from './mrkdwn.ts'

/** It did not work, and nothing happened: what the platform said, in our words. */
export function failureCard(action: ActionView): Message {
  const why = action.note === null ? 'The platform refused it.' : sentence(action.note)
  return fitMessage({
    text: `Not done: ${sentence(fence(action.preview.title))} ${fence(why)}`,
    blocks: [
      ...titleBlocks(`Not done: ${sentence(oneLine(action.preview.title))}`),
      section(`:warning:  ${fence(why)}`),
      context(`Nothing was changed. ${fence(action.agent.name)} has been told.`),
      actions(blockIdOf(action, 'failure'), [button('action_details', 'Details', action.id)]),
    ],
  })
}
