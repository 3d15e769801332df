import type { ActionId, PlanId } from '../../core/domain/ids.ts'
import type { SwitchView } from '../../core/gate/views.ts'
import { actions, type Block, button, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fence, sentence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** In place of the buttons while a stop is on: the clock stands still, and what was decided is kept. */
export function frozenBlocks(
  subject: {
    readonly id: ActionId | PlanId
    readonly payloadHash: string | null
    readonly version: number
    readonly state?: string
  },
  stop: SwitchView,
  ctx: ViewContext,
): Block[] {
  if (stop.target.kind === 'topic') return topicBlocks(subject, stop, ctx)
  const why = stop.reason === null ? '' : ` “${fence(stop.reason)}”`
  return [
    section(
      `:octagonal_sign:  *Stopped* by ${fence(stop.by)}, ${when(stop.at, ctx)} (${fence(sentence(stop.words)).slice(0, -1)}).${why}\n` +
        'Nothing goes out, and no time is lost: the clock goes on when it is resumed.',
    ),
    actions(blockIdOf(subject), [button('action_details', 'Details', subject.id)]),
  ]
}

/** A topic is frozen by its words: the clock goes on, and it can be turned down or worded anew. */
function topicBlocks(subject: Parameters<typeof frozenBlocks>[0], stop: SwitchView, ctx: ViewContext): Block[] {
  const why = stop.reason === null ? '' : ` “${fence(stop.reason)}”`
  return [
    section(
      `:octagonal_sign:  *Frozen* by ${fence(stop.by)}, ${when(stop.at, ctx)} (${fence(sentence(stop.words)).slice(0, -1)}).${why}\n` +
        'It cannot be approved until that is lifted; without the wording it can.',
    ),
    actions(blockIdOf(subject), [
      ...(subject.state === undefined || subject.state === 'awaiting_approval' ? sayNo(subject.id) : []),
      button('action_details', 'Details', subject.id),
    ]),
  ]
}

const sayNo = (id: ActionId | PlanId) => [
  ...(id.startsWith('act_') ? [button('action_edit', 'Edit', id)] : []),
  button('action_revise', 'Ask for changes', id),
  button('action_reject', 'Reject', id, 'danger'),
]
