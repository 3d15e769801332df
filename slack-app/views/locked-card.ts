import type { State } from '../../core/domain/action-states.ts'
import type { ActionView, DecisionView } from '../../core/gate/views.ts'
import { approvedByPerson, lastDecision, subjectWords } from './action-words.ts'
import { actions, type Block, button, context, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { titleBlocks } from './approval-card.ts'
import { differenceLines } from './differences.ts'
import { frozenBlocks } from './frozen.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine, quote, sentence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** What a card becomes once it no longer asks: who, what and when stand where the buttons were. */
export function lockedCard(action: ActionView, ctx: ViewContext): Message {
  const head = HEADS[action.state](action)
  const says = sentence(`${head}: ${oneLine(subjectWords(action))}`)
  return fitMessage({
    text: sentence(`${head}: ${fence(subjectWords(action))}`),
    blocks: [
      ...titleBlocks(says),
      ...decidedBlocks(action, ctx),
      ...nextBlocks(action, ctx),
      ...(action.frozenBy === null ? lockedButtons(action) : frozenBlocks(action, action.frozenBy, ctx)),
    ],
  })
}

const approvedOr = (otherwise: string) => (action: ActionView) => (approvedByPerson(action) ? 'Approved' : otherwise)

const HEADS: Readonly<Record<State, (action: ActionView) => string>> = {
  proposed: () => 'Being checked',
  blocked: () => 'Blocked',
  observed: (action) => (action.dryRun ? 'Dry run' : 'Observed'),
  awaiting_approval: () => 'Waiting for a decision',
  changes_requested: () => 'Changes asked for',
  superseded: () => 'Replaced by a new version',
  rejected: () => 'Rejected',
  expired: () => 'Expired',
  cancelled: () => 'Cancelled',
  scheduled: approvedOr('Planned'),
  held: approvedOr('Going out'),
  ready: approvedOr('Going out'),
  executing: approvedOr('Going out'),
  executed: () => 'Done',
  failed: () => 'Not done',
  unknown: () => 'Not sure yet',
  undoing: () => 'Being undone',
  undone: () => 'Undone',
  settled: () => 'Done',
}

/** "Approved by a member, 22 Nov at 14:05", with the reason that was given. */
export function decidedBlocks(action: Pick<ActionView, 'decisions'>, ctx: ViewContext): Block[] {
  const last = lastDecision(action, 'approve', 'edit', 'revise', 'reject', 'cancel')
  if (last === null) return []
  const said = [
    context(
      `${VERBS[last.decision]} by *${fence(last.by.name)}*${last.onBehalfOf === null ? '' : ` for ${fence(last.onBehalfOf.name)}`}, ${when(last.at, ctx)}${weight(last)}`,
    ),
  ]
  return [
    ...said,
    ...(last.changes.length === 0 ? [] : [section(differenceLines(last.changes))]),
    ...(last.reason === null || last.reason.trim() === '' ? [] : [section(quote(last.reason))]),
  ]
}

const VERBS: Readonly<Record<DecisionView['decision'], string>> = {
  approve: ':white_check_mark:  Approved',
  edit: ':white_check_mark:  Approved with edits',
  approve_in_part: ':white_check_mark:  Approved, as one of several,',
  edit_in_part: ':white_check_mark:  Approved with edits, as one of several,',
  revise: ':speech_balloon:  Changes asked for',
  reject: ':no_entry_sign:  Rejected',
  cancel: ':no_entry_sign:  Cancelled',
  confirm: ':thumbsup:  Confirmed',
  right_to_ask: ':thumbsup:  Right to ask',
  no_need_to_ask: ':fast_forward:  No need to ask',
}

function weight(decision: DecisionView): string {
  if (decision.outside) return '  ·  for an outside reason'
  if (decision.decision !== 'reject' || decision.severity === null) return ''
  return `  ·  ${SEVERITY[decision.severity]}`
}

const SEVERITY = {
  preference: 'a matter of taste',
  minor: 'a small thing',
  major: 'a serious thing',
  critical: 'it would have done harm',
} as const

function nextBlocks(action: ActionView, ctx: ViewContext): Block[] {
  const next = nextWords(action, ctx)
  return next === null ? [] : [context(next)]
}

/** What happens from here, in a sentence. */
function nextWords(action: ActionView, ctx: ViewContext): string | null {
  const note = action.note === null ? '' : fence(sentence(action.note))
  const at = action.slotAt
  switch (action.state) {
    case 'proposed':
      return 'Its audience and cost are being checked.'
    case 'awaiting_approval':
      return note || 'It waits for a decision on its card.'
    case 'changes_requested':
      return 'A new version will replace this card.'
    case 'superseded':
      return 'The new version has a card of its own.'
    case 'scheduled':
      return at === null ? 'It goes out when its time comes.' : `Goes out ${when(at, ctx)}.`
    case 'held':
      return action.holdUntil === null ? null : `Goes out ${when(action.holdUntil, ctx)}.`
    case 'ready':
    case 'executing':
      return 'It is being carried out now.'
    case 'unknown':
      return 'The platform did not answer clearly. It is being looked up, and nothing is repeated until that is known.'
    case 'expired':
      return note || 'Nobody decided in time, and nothing happened.'
    case 'undone':
      return action.undoneAt === null
        ? 'Everything is as it was.'
        : `Undone ${when(action.undoneAt, ctx)}. ${note}`.trim()
    case 'undoing':
      return 'It is being taken back now.'
    case 'observed':
      return note || (action.dryRun ? 'Nothing was changed.' : 'Only observed: nothing was changed.')
    case 'executed':
    case 'settled':
    case 'failed':
    case 'blocked':
    case 'rejected':
    case 'cancelled':
      return note || null
  }
}

function lockedButtons(action: ActionView): Block[] {
  const canStop = action.state === 'scheduled' || action.state === 'held'
  return [
    actions(blockIdOf(action), [
      ...(canStop ? [button('action_undo', 'Stop it', action.id, 'danger')] : []),
      button('action_details', 'Details', action.id),
    ]),
  ]
}
