import type { ActionView } from '../../core/gate/views.ts'
import { actions, type Message, option, plain, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'

/** Why it was undone; asked afterwards, because an undo acts at once. */
export const UNDO_REASONS = {
  wrong_content: { says: 'The content was not right', outside: false },
  wrong_time: { says: 'The time was not right', outside: false },
  wrong_people: { says: 'It went to the wrong people', outside: false },
  mistake: { says: 'It should not have happened', outside: false },
  outside: { says: 'Something outside changed (an event was cancelled …)', outside: true },
} as const

export const undoWhy = (shown: Pick<ActionView, 'id' | 'payloadHash' | 'version'>, says: string): Message =>
  fitMessage({
    text: says,
    blocks: [
      section(`${says} May I ask why? It helps next time.`),
      actions(blockIdOf(shown, 'why'), [
        {
          type: 'static_select',
          action_id: 'action_undo_reason',
          placeholder: plain('Why it was undone'),
          options: Object.entries(UNDO_REASONS).map(([value, reason]) => option(value, reason.says)),
        },
      ]),
    ],
  })
