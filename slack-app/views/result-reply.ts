import type { ActionView, PlanView } from '../../core/gate/views.ts'
import { context, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence, link, sentence } from './mrkdwn.ts'
import { personWords, type ViewContext } from './view-context.ts'
import { lastDecision, subjectWords } from './action-words.ts'

/** The result of the effect, for the card's thread: short, for the card itself says the rest. */
export function resultReply(action: ActionView): Message {
  return oneSentence(WORDS[action.state](action), action)
}

/** The answer to whoever asked, in the thread in which they asked; at every level. */
export function requesterReply(action: ActionView, ctx: ViewContext): Message {
  const named = action.requestedBy === null ? null : personWords(action.requestedBy.member, ctx)
  const hello = named?.startsWith('<@') ? `${named} ` : ''
  return oneSentence(`${hello}${WORDS[action.state](action)}`, action)
}

/** The same for a plan. */
export function planReply(plan: PlanView): Message {
  const done = plan.steps.filter((step) => step.state === 'executed' || step.state === 'settled').length
  const says = `${PLAN_WORDS[plan.state]}: ${sentence(fence(plan.title))} ${done} of ${plan.steps.length} steps done.`
  return fitMessage({ text: says, blocks: [section(says)] })
}

const PLAN_WORDS: Readonly<Record<PlanView['state'], string>> = {
  proposed: 'On its way',
  awaiting_approval: 'On its way',
  changes_requested: 'On its way',
  running: 'On its way',
  observed: 'Observed',
  executed: ':white_check_mark:  Done',
  stopped: ':warning:  Stopped half-way',
  rejected: 'Decided against',
  expired: 'Nobody decided in time',
  cancelled: 'Cancelled',
  undone: ':leftwards_arrow_with_hook:  Undone',
  blocked: 'Not possible',
}

function oneSentence(says: string, action: ActionView): Message {
  const openUrl = action.state === 'undone' ? undefined : (action.receipt?.openUrl ?? action.preview.openUrl)
  return fitMessage({
    text: says,
    blocks: [section(says), ...(openUrl === undefined ? [] : [context(link(openUrl, 'See it'))])],
  })
}

const ON_ITS_WAY = (action: ActionView): string => `On its way: ${title(action)}`
const DONE = (action: ActionView): string => `:white_check_mark:  Done: ${sentence(fence(action.preview.done))}`

const WORDS: Readonly<Record<ActionView['state'], (action: ActionView) => string>> = {
  proposed: ON_ITS_WAY,
  awaiting_approval: ON_ITS_WAY,
  changes_requested: ON_ITS_WAY,
  superseded: ON_ITS_WAY,
  scheduled: ON_ITS_WAY,
  held: ON_ITS_WAY,
  ready: ON_ITS_WAY,
  executing: ON_ITS_WAY,
  unknown: ON_ITS_WAY,
  observed: (action) => `Only observed: ${title(action)}`,
  executed: DONE,
  settled: DONE,
  undoing: DONE,
  undone: (action) => `:leftwards_arrow_with_hook:  Undone: ${title(action)} ${AFTER_UNDO[action.undo.class]}`,
  failed: (action) =>
    `:warning:  Not done: ${title(action)}${action.note === null ? '' : ` ${fence(sentence(action.note))}`}`,
  rejected: (action) => `Decided against: ${title(action)}${reasonOf(action, 'reject')}`,
  expired: (action) =>
    `Not done: ${title(action)} ${action.note === null ? 'Nobody decided in time.' : fence(sentence(action.note))}`,
  cancelled: (action) => `Cancelled: ${title(action)}${reasonOf(action, 'cancel')}`,
  blocked: (action) => `Not possible: ${title(action)}${blockedBy(action)}`,
}

const AFTER_UNDO: Readonly<Record<ActionView['undo']['class'], string>> = {
  exact: 'It is as it was before.',
  compensating: 'It was made good.',
  held: 'It did not go out.',
  none: 'It did not go out.',
}

const title = (action: ActionView): string => sentence(fence(subjectWords(action)))

function reasonOf(action: ActionView, verb: 'reject' | 'cancel'): string {
  const reason = lastDecision(action, verb)?.reason?.trim()
  return reason ? ` “${fence(reason)}”` : ''
}

function blockedBy(action: ActionView): string {
  const rule = action.verdict?.reasons.find((reason) => reason.outcome === 'block')
  return rule === undefined ? '' : ` ${fence(sentence(rule.text))}`
}
