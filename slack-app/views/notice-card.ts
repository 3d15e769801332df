import type { GrantView, NoticeView } from '../../core/gate/promotion-views.ts'
import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import { titleBlocks } from './approval-card.ts'
import { actions, type Block, type Button, button, context, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine } from './mrkdwn.ts'
import { trustBlockIdOf } from './trust-block-id.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

const MARKS: Readonly<Record<NoticeView['kind'], string>> = {
  demotion: ':arrow_down:',
  restored: ':leftwards_arrow_with_hook:',
  automatic_promotion: ':arrow_up:',
  lapse_soon: ':hourglass_flowing_sand:',
  lapsed: ':hourglass:',
  invitation: ':eyes:',
  exceptions_digest: ':clipboard:',
  ledger_changed: ':rotating_light:',
  theatre: ':performing_arts:',
  benchmark_missed: ':chart_with_downwards_trend:',
  audit: ':mag:',
}

/**
 * Something that people are told about trust. `grant` is the level that it is about, as it stands now; null: it is
 * about none, or it is gone.
 */
export function noticeCard(notice: NoticeView, grant: GrantView | null, ctx: ViewContext): Message {
  const { kind, body } = notice
  const [first = '', ...rest] = body.lines.map(fence)
  const buttons = buttonsOf(notice, grant)
  return fitMessage({
    text: `${fence(body.title)} ${first}`.trim(),
    blocks: [
      ...titleBlocks(oneLine(body.title)),
      section([`${MARKS[kind]}  ${first}`, ...rest].join('\n')),
      ...answeredBlocks(notice, ctx),
      ...takenBackBlocks(notice, grant, ctx),
      ...(buttons.length === 0 ? [] : [actions(trustBlockIdOf(notice), buttons)]),
    ],
  })
}

const RECLAIMABLE: readonly NoticeView['kind'][] = ['automatic_promotion', 'exceptions_digest']

function buttonsOf({ id, kind, answeredAt }: NoticeView, grant: GrantView | null): Button[] {
  const runsAlone = grant !== null && grant.level > 2
  if (RECLAIMABLE.includes(kind)) return runsAlone ? [button('level_reclaim', 'Take it back', id)] : []
  if (answeredAt !== null) return []
  if (kind === 'lapse_soon') return runsAlone ? [button('grant_renew', 'Renew', id, 'primary')] : []
  if (kind === 'audit')
    return [button('audit_confirm', 'Looks good', id, 'primary'), button('audit_reject', 'Not right', id, 'danger')]
  if (kind !== 'invitation') return []
  return [button('invitation_review', 'Show me', id), button('invitation_dismiss', 'Not now', id)]
}

const ANSWERS = new Map([
  ['renew', ':white_check_mark:  Renewed by'],
  ['review', ':eyes:  Looked at by'],
  ['dismiss', 'Not now, says'],
  ['looks_good', ':white_check_mark:  Looks good, says'],
  ['not_right', ':x:  Not right, says'],
])

function answeredBlocks({ answeredAt, answer, by }: NoticeView, ctx: ViewContext): Block[] {
  if (answeredAt === null) return []
  const said = ANSWERS.get(answer ?? '') ?? 'Answered by'
  return [context(`${said} *${fence(by ?? 'someone on the team')}*, ${when(answeredAt, ctx)}`)]
}

function takenBackBlocks({ kind }: NoticeView, grant: GrantView | null, ctx: ViewContext): Block[] {
  if (!RECLAIMABLE.includes(kind) || grant === null || grant.reclaimed === null) return []
  const who = grant.by === null ? '' : ` by *${fence(grant.by)}*`
  return [
    context(
      `:leftwards_arrow_with_hook:  Taken back${who}, ${when(grant.at, ctx)}. Give it back: \`/tenure hand-back ${categoryOfScope(grant.scope)}\``,
    ),
  ]
}
