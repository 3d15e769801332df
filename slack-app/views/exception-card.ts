import type { ActionView, ExceptionView } from '../../core/gate/views.ts'
import { titleBlocks } from './approval-card.ts'
import { actions, button, context, type Message, option, plain, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { fitMessage } from './limits.ts'
import { fence, link, oneLine, sentence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** Something the gate could not settle: what it knows, and what a person may say or try. */
export function exceptionCard(action: ActionView, exception: ExceptionView, ctx: ViewContext): Message {
  const open = exception.resolvedAt === null
  const head = open ? 'Please have a look' : 'Settled'
  const openUrl = action.receipt?.openUrl ?? action.preview.openUrl
  return fitMessage({
    text: sentence(`${head}: ${fence(action.preview.title)}`),
    blocks: [
      ...titleBlocks(sentence(`${head}: ${oneLine(action.preview.title)}`)),
      section(fence(sentence(exception.says))),
      context(
        [
          `Since ${when(exception.openedAt, ctx)}`,
          ...(openUrl === undefined ? [] : [link(openUrl, 'Look on the platform')]),
        ].join('  ·  '),
      ),
      ...(open ? questionBlocks(action, exception) : [settledBy(exception, ctx)]),
    ],
  })
}

function settledBy(exception: ExceptionView, ctx: ViewContext) {
  const at = exception.resolvedAt === null ? '' : `, ${when(exception.resolvedAt, ctx)}`
  return context(
    `:white_check_mark:  Settled${exception.resolvedBy === null ? '' : ` by *${fence(exception.resolvedBy)}*`}${at}`,
  )
}

const ANSWERS = { happened: 'It happened', did_not_happen: 'It did not happen' } as const

function questionBlocks(action: ActionView, exception: ExceptionView) {
  const answers = exception.options.filter((one) => one !== 'retry')
  const elements = [
    ...(exception.options.includes('retry') ? [button('exception_retry', 'Try again', exception.id)] : []),
    ...(answers.length === 0
      ? []
      : [
          {
            type: 'static_select' as const,
            action_id: 'exception_resolve',
            placeholder: plain('Say what happened'),
            options: answers.map((answer) => option(`${exception.id}:${answer}`, ANSWERS[answer])),
          },
        ]),
    button('action_details', 'Details', action.id),
  ]
  return [actions(blockIdOf(action, 'exception'), elements)]
}
