import type { ActionView } from '../../core/gate/views.ts'
import { context, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** A thread reply under the card: friendly, once, and with the time that is left. `to` is a mention, or null. */
export function reminderMessage(
  action: ActionView,
  kind: 'remind' | 'escalate',
  to: string | null,
  ctx: ViewContext,
): Message {
  const hello = to === null ? '' : `${to}, `
  const title = fence(action.preview.title)
  const says =
    kind === 'remind'
      ? `${hello}a reminder: this still waits for a decision. “${title}”`
      : `${hello}nobody has decided about this yet; could you? “${title}”`
  const plannedFor = action.slotAt
  const until = plannedFor ?? action.expiresAt
  const left =
    until === null
      ? []
      : [
          context(
            `${plannedFor === null ? 'Open until' : 'Its time is'} ${when(until, ctx)}. Without an answer nothing happens.`,
          ),
        ]
  return fitMessage({ text: says, blocks: [section(says), ...left] })
}
