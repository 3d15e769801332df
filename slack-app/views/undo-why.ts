import type { Cause, Topic } from '../../core/domain/decision.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { approvedByPerson } from './action-words.ts'
import { actions, type Message, option, plain, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'

/** What may have been wrong, in the words of the person who says so. */
export const WRONG = {
  content: 'The content was not right',
  people: 'It was for the wrong people',
  time: 'The time was not right',
  tone: 'It did not sound like us',
  rules: 'It was against a rule',
  other: 'It should not have happened',
} as const satisfies Readonly<Record<Topic, string>>

/** Why it was undone; asked afterwards, because an undo acts at once. */
export const UNDO_REASONS = {
  should_have_asked: 'It should have asked me first',
  ...WRONG,
  outside: 'Something outside changed (an event was cancelled …)',
} as const satisfies Readonly<Record<Cause | 'outside', string>>

export const undoWhy = (
  shown: Pick<ActionView, 'id' | 'payloadHash' | 'version' | 'decisions'>,
  says: string,
): Message =>
  fitMessage({
    text: says,
    blocks: [
      section(`${says} May I ask why? It helps next time; a broken rule puts all of this work under review.`),
      actions(blockIdOf(shown, 'why'), [
        {
          type: 'static_select',
          action_id: 'action_undo_reason',
          placeholder: plain('Why it was undone'),
          options: Object.entries(UNDO_REASONS)
            .filter(([value]) => value !== 'should_have_asked' || !approvedByPerson(shown))
            .map(([value, reason]) => option(value, reason)),
        },
      ]),
    ],
  })
