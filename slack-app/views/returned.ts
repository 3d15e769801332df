import type { ActionView } from '../../core/gate/views.ts'
import { type Block, section } from './blocks.ts'
import { differenceLines } from './differences.ts'
import { fence, sentence } from './mrkdwn.ts'

/** Why it came back to waiting, what differs on the platform, and what has to be mended first. */
export function returnedBlocks(action: ActionView): Block[] {
  const back = action.note === null ? [] : [`:leftwards_arrow_with_hook:  ${fence(sentence(action.note))}`]
  const differs =
    action.differences.length === 0
      ? []
      : [`*Changed on the platform since it was last shown*\n${differenceLines(action.differences)}`]
  const mend =
    action.preflight.length === 0
      ? []
      : [
          `:wrench:  *To mend first*\n${action.preflight
            .slice(0, 8)
            .map((says) => `•  ${fence(sentence(says))}`)
            .join('\n')}\n_The draft is kept as it is._`,
        ]
  return [...back, ...differs, ...mend].map(section)
}
