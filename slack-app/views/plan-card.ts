import type { ActionView, PlanView } from '../../core/gate/views.ts'
import { undoUntil } from './action-words.ts'
import { moneyWords, peopleWords } from './amounts.ts'
import { titleBlocks } from './approval-card.ts'
import { actions, type Block, button, context, facts, type Message, section } from './blocks.ts'
import { blockIdOf } from './block-id.ts'
import { frozenBlocks } from './frozen.ts'
import { fitMessage } from './limits.ts'
import { decidedBlocks } from './locked-card.ts'
import { fence, link, oneLine, sentence } from './mrkdwn.ts'
import { originBlocks } from './origin.ts'
import type { ViewContext } from './view-context.ts'

const HEADS: Readonly<Record<PlanView['state'], string>> = {
  proposed: 'Being checked',
  awaiting_approval: 'Ready',
  running: 'Under way',
  executed: 'Done',
  stopped: 'Stopped half-way',
  rejected: 'Rejected',
  expired: 'Expired',
  cancelled: 'Cancelled',
  undone: 'Undone',
  blocked: 'Blocked',
  observed: 'Observed',
  changes_requested: 'Changes asked for',
}

/** A plan has no version of its own; every event of a step adds one. */
export const planVersion = (plan: PlanView): number => plan.steps.reduce((sum, step) => sum + step.version, 0)

/** Several steps proposed and decided as one: total people and cost, and how far each step is. */
export function planCard(plan: PlanView, ctx: ViewContext): Message {
  const head = HEADS[plan.state]
  const first = plan.steps[0]
  const waiting = plan.state === 'awaiting_approval'
  return fitMessage({
    text: sentence(`${head}: ${fence(plan.title)}, ${stepsWords(plan)}`),
    blocks: [
      ...titleBlocks(sentence(`${head}: ${oneLine(plan.title)}`)),
      ...(waiting ? [section(`_${planPromise(plan)}_`)] : first === undefined ? [] : decidedBlocks(first, ctx)),
      ...(first === undefined ? [] : originBlocks(first, ctx)),
      ...facts([
        ['Goes to', plan.people === 0 ? 'nobody is contacted' : peopleWords(plan.people, ctx)],
        ['Costs', plan.amount === null || plan.amount.minor === 0 ? 'nothing extra' : moneyWords(plan.amount, ctx)],
      ]),
      section(`*Why now*\n${fence(sentence(plan.reason))}`),
      ...approvalsBlocks(plan),
      ...stepBlocks(plan),
      ...planButtons(plan, ctx),
    ],
  })
}

const stepsWords = (plan: PlanView): string => (plan.steps.length === 1 ? 'one step' : `${plan.steps.length} steps`)

function planPromise(plan: PlanView): string {
  if (plan.steps.some((step) => step.dryRun)) return 'A dry run: approving changes nothing.'
  return (
    `Nothing is live until you approve. Approve carries out ${stepsWords(plan)} in this order and stops at the first ` +
    'that does not work.'
  )
}

/** Where some step needs more people, none of them goes before it. */
function approvalsBlocks(plan: PlanView): Block[] {
  const open = plan.steps.flatMap(({ approvals }) => (approvals !== null && approvals.missing > 0 ? [approvals] : []))
  const [most] = open.toSorted((a, b) => b.missing - a.missing)
  return most === undefined ? [] : [section(`:busts_in_silhouette:  *${fence(most.says)}*`)]
}

function stepBlocks(plan: PlanView): Block[] {
  const lines = plan.steps.map(
    (step, index) => `${MARKS[STANDS[step.state] ?? 'waiting']}  *${index + 1}.*  ${stepWords(step)}`,
  )
  const blocks: Block[] = []
  // Twelve lines a section keep every line inside the 3,000 characters.
  for (let at = 0; at < lines.length; at += 12) blocks.push(section(lines.slice(at, at + 12).join('\n')))
  return blocks
}

const MARKS = {
  waiting: ':white_circle:',
  moving: ':large_blue_circle:',
  done: ':white_check_mark:',
  bad: ':x:',
} as const

const STANDS: Partial<Record<ActionView['state'], keyof typeof MARKS>> = {
  executed: 'done',
  settled: 'done',
  executing: 'moving',
  undoing: 'moving',
  failed: 'bad',
  unknown: 'bad',
  blocked: 'bad',
  rejected: 'bad',
  expired: 'bad',
  cancelled: 'bad',
}

function stepWords(step: ActionView): string {
  const done = step.state === 'executed' || step.state === 'settled'
  const openUrl = step.receipt?.openUrl ?? step.preview.openUrl
  const says = fence((done ? step.preview.done : step.preview.title).slice(0, 180))
  const note = step.state === 'failed' && step.note !== null ? ` _${fence(step.note.slice(0, 160))}_` : ''
  const ended = STEP_STATES[step.state]
  const see = openUrl === undefined ? '' : `  ${link(openUrl, 'see it')}`
  return `${says}${ended === undefined ? '' : `  ·  ${ended}`}${note}${see}`
}

const STEP_STATES: Partial<Record<ActionView['state'], string>> = {
  executing: 'under way',
  failed: 'did not work',
  unknown: 'not sure yet',
  undoing: 'being undone',
  undone: 'undone',
  cancelled: 'not carried out',
  expired: 'expired',
  blocked: 'blocked',
  scheduled: 'planned',
  held: 'going out',
}

function planButtons(plan: PlanView, ctx: ViewContext): Block[] {
  const shown = { id: plan.id, payloadHash: plan.payloadHash, version: planVersion(plan) }
  const frozen = plan.steps.find((step) => step.frozenBy !== null)?.frozenBy ?? null
  if (frozen !== null) return frozenBlocks(shown, frozen, ctx)
  const canUndo = plan.steps.some((step) => undoUntil(step, ctx.now) !== null)
  return [
    ...(plan.state === 'stopped' ? [context('The steps after it were not started.')] : []),
    actions(blockIdOf(shown), [
      ...(plan.state === 'awaiting_approval'
        ? [
            button('action_approve', 'Approve', plan.id, 'primary'),
            button('action_revise', 'Ask for changes', plan.id),
            button('action_reject', 'Reject', plan.id, 'danger'),
          ]
        : []),
      ...(canUndo ? [button('action_undo', 'Undo, last step first', plan.id)] : []),
      button('action_details', 'Details', plan.id),
    ]),
  ]
}
