import type { ActionView } from '../../core/gate/views.ts'
import type { Difference } from '../../core/ports/kind.ts'
import { actions, button, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { differenceLines } from './differences.ts'
import { fitMessage } from './limits.ts'

/** Somebody changed it on the platform since: undo would take that away too, so it asks. */
export const undoChanged = (
  shown: Pick<ActionView, 'id' | 'payloadHash' | 'version'>,
  differences: readonly Difference[],
): Message =>
  fitMessage({
    text: 'It was changed on the platform since.',
    blocks: [
      section(
        `*It was changed on the platform since.* Undo would take these changes away too:\n${differenceLines(differences)}`,
      ),
      actions(blockIdOf(shown, 'despite'), [button('action_undo_despite', 'Undo anyway', shown.id, 'danger')]),
    ],
  })
