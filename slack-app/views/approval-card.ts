import type { ActionView } from '../../core/gate/views.ts'
import { doingWords, promiseWords, undoWords, warnings, whyAsked, wouldHaveRun } from './action-words.ts'
import { moneyWords, reachWords } from './amounts.ts'
import { actions, type Block, button, context, facts, header, type Message, option, plain, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { frozenBlocks } from './frozen.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine, sentence } from './mrkdwn.ts'
import { finishedThing, originBlocks } from './origin.ts'
import { returnedBlocks } from './returned.ts'
import { whatChangedBlocks } from './what-changed.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

export type CardSize = 'minimal' | 'detailed'

/** A small thing that nobody warned about gets the small card. */
export function cardSize(action: ActionView): CardSize {
  const calm = action.verdict === null || action.verdict.outcome === 'pass'
  const asItWas = action.note === null && action.differences.length === 0 && action.preflight.length === 0
  return action.band === 'small' && calm && asItWas && action.changes.length === 0 ? 'minimal' : 'detailed'
}

/** The card that asks for a decision: the outcome first, then all that a person needs to decide it. */
export function approvalCard(action: ActionView, ctx: ViewContext, size: CardSize = cardSize(action)): Message {
  const title = `Ready: ${sentence(oneLine(action.preview.title))}`
  return fitMessage({
    text: `Ready: ${sentence(fence(action.preview.title))} ${promiseWords(action, ctx)}`,
    blocks: [
      ...titleBlocks(title),
      section(`_${promiseWords(action, ctx)}_`),
      ...returnedBlocks(action),
      ...(action.approvals === null ? [] : [section(`:busts_in_silhouette:  *${fence(action.approvals.says)}*`)]),
      ...whatChangedBlocks(action),
      ...originBlocks(action, ctx),
      ...finishedThing(action.preview, size === 'detailed' ? action.evidence : []),
      ...(size === 'detailed' ? detailedFacts(action, ctx) : minimalFacts(action, ctx)),
      ...(action.frozenBy === null ? decisionButtons(action) : frozenBlocks(action, action.frozenBy, ctx)),
    ],
  })
}

/** A headline where it fits whole, else the sentence in full. */
export const titleBlocks = (title: string): Block[] =>
  title.length <= 150 ? [header(title)] : [{ type: 'section', text: plain(title) }]

function minimalFacts(action: ActionView, ctx: ViewContext): Block[] {
  const line = [reachWords(action.reach, ctx), costWords(action, ctx), undoWords(action), planWords(action, ctx)]
  return [
    ...lineBlocks(action, 5),
    section(`*Why now*  ${fence(sentence(action.reason))}`),
    context(`Why you are asked:  ${whyLines(action).join(' ')}`),
    context(line.filter((part) => part !== null).join('  ·  ')),
  ]
}

function lineBlocks(action: ActionView, most: number): Block[] {
  const lines = action.preview.lines.slice(0, most).map((line) => `*${fence(line.label)}:*  ${fence(line.value)}`)
  return lines.length === 0 ? [] : [section(lines.join('\n'))]
}

function detailedFacts(action: ActionView, ctx: ViewContext): Block[] {
  const noticed = warnings(action)
  return [
    ...lineBlocks(action, 10),
    ...facts([
      ['Goes to', reachWords(action.reach, ctx) ?? 'nobody is contacted'],
      ['Costs', costWords(action, ctx) ?? 'nothing extra'],
    ]),
    section(`*Why now*\n${fence(sentence(action.reason))}`),
    section([`*Why you are asked*`, ...whyLines(action), ...noticed.map((text) => `:warning:  ${text}`)].join('\n')),
    ...facts([
      ['Undo', undoWords(action)],
      ['When', planWords(action, ctx) ?? `as soon as you approve`],
    ]),
    ...tail(action, ctx),
  ]
}

/** The rule or the level that asks, and what bound a level that would not. */
const whyLines = (action: ActionView): readonly string[] =>
  [whyAsked(action), wouldHaveRun(action)].filter((line) => line !== null)

function tail(action: ActionView, ctx: ViewContext): Block[] {
  const shortened = action.preview.lines.length > 10 ? ['*Details* shows all of it'] : []
  const open =
    action.expiresAt === null ? [] : [`Open until ${when(action.expiresAt, ctx)}; without an answer nothing happens`]
  const snoozed = action.snoozedUntil === null ? [] : [`Snoozed until ${when(action.snoozedUntil, ctx)}`]
  const sandbox = action.connection.sandbox ? ['A practice platform: nothing reaches real people'] : []
  const parts = [...shortened, ...open, ...snoozed, ...sandbox]
  return parts.length === 0 ? [] : [context(parts.join('  ·  '))]
}

function costWords(action: ActionView, ctx: ViewContext): string | null {
  const amount = action.reach?.amount ?? null
  return amount === null || amount.minor === 0 ? null : moneyWords(amount, ctx)
}

function planWords(action: ActionView, ctx: ViewContext): string | null {
  const at = action.slotAt
  return at === null || at <= ctx.now ? null : `planned for ${when(at, ctx)}`
}

function decisionButtons(action: ActionView): Block[] {
  const canEdit = action.kind.fields.some((field) => field.editable)
  const approve = button('action_approve', 'Approve', action.id, 'primary')
  return [
    actions(blockIdOf(action), [
      { ...approve, accessibility_label: fit75(`Approve: ${action.dryRun ? 'a dry run' : doingWords(action)}`) },
      ...(canEdit ? [button('action_edit', 'Edit', action.id)] : []),
      button('action_revise', 'Ask for changes', action.id),
      button('action_reject', 'Reject', action.id, 'danger'),
      button('action_details', 'Details', action.id),
      ...(action.kind.canTest ? [button('action_test', 'Send me a test', action.id)] : []),
      {
        type: 'overflow',
        action_id: 'action_snooze',
        options: [option('1h', 'Ask me again in an hour'), option('tomorrow', 'Ask me again tomorrow at 9:00')],
      },
    ]),
  ]
}

const fit75 = (text: string): string => text.slice(0, 75)
