import type { ActionView, PlanView } from '../../core/gate/views.ts'
import { moneyWords, reachWords } from './amounts.ts'
import { undoWords } from './action-words.ts'
import { type Block, context, divider, facts, header, type Message, section } from './blocks.ts'
import { differenceLines } from './differences.ts'
import { fitMessage } from './limits.ts'
import { escapeText, fence, link, oneLine, quote, sentence } from './mrkdwn.ts'
import { planVersion } from './plan-card.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** Everything about an action, for the one who asked: the whole content, every rule, the level, the history. */
export function detailsMessage(action: ActionView, ctx: ViewContext): Message {
  return fitMessage({
    text: `Details: ${fence(action.preview.title)}`,
    blocks: [
      header(`Details: ${oneLine(action.preview.title)}`),
      ...contentBlocks(action),
      ...numbers(action, ctx),
      section(`*Why now*\n${quote(action.reason)}`),
      ...ruleBlocks(action),
      ...levelBlocks(action),
      ...historyBlocks(action, ctx),
      ...evidenceBlocks(action),
      divider(),
      context(technical(action)),
    ],
  })
}

/** The same for a plan: every step with its content. */
export function planDetails(plan: PlanView, ctx: ViewContext): Message {
  const steps = plan.steps.flatMap((step, index) => [
    section(`*${index + 1}. ${fence(step.preview.title)}*`),
    ...contentBlocks(step),
    ...ruleBlocks(step),
  ])
  return fitMessage({
    text: `Details: ${fence(plan.title)}`,
    blocks: [
      header(`Details: ${oneLine(plan.title)}`),
      section(`*Why now*\n${quote(plan.reason)}`),
      ...steps,
      ...(plan.steps[0] === undefined ? [] : historyBlocks(plan.steps[0], ctx)),
      divider(),
      context(`${plan.id}  ·  version ${planVersion(plan)}`),
    ],
  })
}

function contentBlocks(action: ActionView): Block[] {
  const lines = action.preview.lines.map((line) => `*${fence(line.label)}*\n${escapeText(line.value)}`)
  return lines.map(section)
}

function numbers(action: ActionView, ctx: ViewContext): Block[] {
  const amount = action.reach?.amount ?? null
  const pairs: [string, string][] = [
    ['Goes to', reachWords(action.reach, ctx) ?? 'nobody is contacted'],
    ['Costs', amount === null || amount.minor === 0 ? 'nothing extra' : moneyWords(amount, ctx)],
    ['Undo', undoWords(action)],
    ['Where', `${fence(action.connection.name)}${action.connection.sandbox ? ' (practice)' : ''}`],
  ]
  if (action.confidence !== null) pairs.push(['The agent is', `${Math.round(action.confidence * 100)} % sure`])
  if (action.agentCost !== null) pairs.push(['The agent cost', moneyWords(action.agentCost, ctx)])
  if (action.slotAt !== null) pairs.push(['Planned for', when(action.slotAt, ctx)])
  if (action.expiresAt !== null) pairs.push(['Open until', when(action.expiresAt, ctx)])
  return facts(pairs)
}

const MARKS = { pass: ':white_check_mark:', warn: ':warning:', ask: ':raising_hand:', block: ':no_entry:' } as const

function ruleBlocks(action: ActionView): Block[] {
  const reasons = action.verdict?.reasons ?? []
  if (reasons.length === 0) return []
  const lines = reasons.map((reason) => `${MARKS[reason.outcome]}  ${fence(reason.text)}`)
  return [section(`*What the rules said*\n${lines.join('\n')}`)]
}

function levelBlocks(action: ActionView): Block[] {
  if (action.level === null) return []
  const { inForce, grant, ceiling, why } = action.level
  const granted = grant === null ? 'none granted' : `granted ${grant}`
  return [section(`*Level ${inForce}* (${granted}, ceiling ${ceiling})\n${fence(sentence(why))}`)]
}

function historyBlocks(action: ActionView, ctx: ViewContext): Block[] {
  const lines = [...action.decisions]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((one) => {
      const reason = one.reason?.trim() ? ` “${fence(one.reason)}”` : ''
      const changes = one.changes.length === 0 ? '' : `\n${differenceLines(one.changes)}`
      return `•  ${fence(one.by.name)}: ${one.decision}, ${when(one.at, ctx)}${reason}${changes}`
    })
  const proposed = `•  ${fence(action.agent.name)}: proposed, ${when(action.proposedAt, ctx)}`
  return [section(`*History*\n${[proposed, ...lines].join('\n')}`)]
}

const evidenceBlocks = (action: ActionView): Block[] =>
  action.evidence.length === 0
    ? []
    : [section(`*Evidence*\n${action.evidence.map((one) => `•  ${link(one.url, one.label)}`).join('\n')}`)]

const technical = (action: ActionView): string =>
  [
    action.id,
    fence(action.kind.id),
    fence(action.scope),
    `policy ${action.policyVersion}`,
    ...(action.payloadHash === null ? [] : [fence(action.payloadHash.slice(0, 16))]),
  ].join('  ·  ')
