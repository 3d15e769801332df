import type { PromotionView } from '../../core/gate/promotion-views.ts'
import { countWords, moneyWords, peopleWords } from './amounts.ts'
import { titleBlocks } from './approval-card.ts'
import { actions, type Block, button, context, facts, type Message, section } from './blocks.ts'
import { gateWords } from './gate-words.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine, quote, sentence } from './mrkdwn.ts'
import { trustBlockIdOf } from './trust-block-id.ts'
import type { ViewContext } from './view-context.ts'
import { onDay, when } from './when.ts'

/** A proposed raise of autonomy with what it rests on; once it was answered, who and when stand in its place. */
export function promotionCard(promotion: PromotionView, ctx: ViewContext): Message {
  const isOpen = promotion.state === 'open'
  const title = titleOf(promotion)
  return fitMessage({
    text: fence(title),
    blocks: [
      ...titleBlocks(oneLine(title)),
      ...(isOpen ? openBlocks(promotion, ctx) : endedBlocks(promotion, ctx)),
      actions(trustBlockIdOf(promotion), [
        ...(isOpen
          ? [
              button('promotion_grant', 'Grant', promotion.id, 'primary'),
              button('promotion_decline', 'Not yet', promotion.id),
            ]
          : []),
        button('promotion_dossier', 'All numbers', promotion.id),
      ]),
    ],
  })
}

const HEADS = { open: '', granted: 'Granted: ', declined: 'Not yet: ', withdrawn: 'Withdrawn: ' } as const

/** The gate writes it as a question, which it is only while it is open. */
const titleOf = ({ title, state }: PromotionView): string =>
  state === 'open' ? title : `${HEADS[state]}${sentence(title.replace(/\?\s*$/, ''))}`

function openBlocks(promotion: PromotionView, ctx: ViewContext): Block[] {
  const { dossier, says, to, until } = promotion
  const takes = to === 5 ? 'An owner can grant it' : 'Admins and owners can grant it'
  return [
    section('_Nothing changes until you grant it. It can be taken back at any time._'),
    section(fence(sentence(says))),
    section(`*What people did with its work*\n${peopleDid(promotion, ctx)}`),
    section(`*Had it run alone*\n${alone(promotion, ctx)}`),
    section(`*The worst of it*\n${worst(promotion, ctx)}`),
    ...exposure(promotion, ctx),
    section(`*What is asked for*\n${conditions(dossier.gates)}`),
    context(
      `Granted now, it runs until ${when(until, ctx)}; unless it is renewed, it falls by one level then.  ·  ${takes}`,
    ),
  ]
}

/** "47 of 50 let through as they were, 2 changed, 1 rejected or taken back". */
function peopleDid({ dossier }: PromotionView, ctx: ViewContext): string {
  const { decisions, same, unchanged, wrong, unjudged } = dossier.alone
  const count = (of: number): string => countWords(of, ctx)
  if (decisions === 0) return 'Nobody has decided about any of it yet.'
  const parts = [
    `${count(same)} of ${count(decisions)} let through as they were`,
    `${count(unchanged)} changed`,
    `${count(wrong)} rejected or taken back`,
    ...(unjudged === 0 ? [] : [`${count(unjudged)} that nobody really looked at`]),
  ]
  return `${parts.join(', ')}.`
}

function alone({ dossier }: PromotionView, ctx: ViewContext): string {
  const { decisions, same, unchanged, wrong, unjudged } = dossier.alone
  const count = (of: number): string => countWords(of, ctx)
  if (decisions === 0) return 'There is nothing to compare with.'
  const results = [
    `${count(same)} the same`,
    ...(unchanged === 0 ? [] : [`${count(unchanged)} without your changes`]),
    ...(wrong === 0 ? ['none that you did not want'] : [`${count(wrong)} that you did not want`]),
    ...(unjudged === 0 ? [] : [`${count(unjudged)} of which nobody knows`]),
  ]
  return `All ${count(decisions)} would have gone out: ${results.join(', ')}.`
}

function worst({ dossier }: PromotionView, ctx: ViewContext): string {
  if (dossier.worst.length === 0) return 'Nothing was wrong with any of it.'
  const lines = dossier.worst.map(
    (one) => `•  ${onDay(new Date(one.at), ctx)}: ${fence(one.title)}  ·  ${fence(one.says)}`,
  )
  return lines.slice(0, 3).join('\n')
}

/** What it would do by itself, by what it did in the last 30 days. */
function exposure({ dossier }: PromotionView, ctx: ViewContext): Block[] {
  const { actions: done, people, amountMinor, mostPeople, mostMinor } = dossier.exposure
  const money = (minor: number): string => moneyWords({ minor, currency: ctx.currency }, ctx)
  return facts([
    ['Would do by itself', done === 1 ? '1 action in 30 days' : `${countWords(done, ctx)} actions in 30 days`],
    [
      'Would reach by itself',
      people === 0
        ? 'nobody'
        : `${peopleWords(people, ctx)} in 30 days, ${countWords(mostPeople, ctx)} at most at once`,
    ],
    [
      'Would spend by itself',
      amountMinor === 0 ? 'nothing' : `${money(amountMinor)} in 30 days, ${money(mostMinor)} at most at once`,
    ],
  ])
}

function conditions(gates: PromotionView['dossier']['gates']): string {
  const asked = gates.filter(({ name }) => name !== 'consent')
  const named = (status: string): string =>
    asked
      .filter((gate) => gate.status === status)
      .map(({ name }) => fence(gateWords(name)))
      .join(', ')
  const held = asked.filter(({ status }) => status === 'held').length
  const checked = asked.filter(({ status }) => status !== 'not_applicable_yet').length
  const [missing, notYet] = [named('missing'), named('not_applicable_yet')]
  return [
    missing === ''
      ? `All ${held} conditions that can be checked hold.`
      : `${held} of ${checked} conditions hold. Missing: ${missing}.`,
    ...(notYet === '' ? [] : [`Not applicable yet: ${notYet}.`]),
  ].join(' ')
}

function endedBlocks(promotion: PromotionView, ctx: ViewContext): Block[] {
  const { says, reason, state, until } = promotion
  return [
    context(endedWords(promotion, ctx)),
    ...(reason === null || reason.trim() === '' ? [] : [section(quote(reason))]),
    ...(state === 'granted' ? [section(`${fence(sentence(says))} It runs until ${when(until, ctx)}.`)] : []),
  ]
}

function endedWords({ state, by, endedAt }: PromotionView, ctx: ViewContext): string {
  const who = by === null ? '' : ` by *${fence(by)}*`
  const at = endedAt === null ? '' : `, ${when(endedAt, ctx)}`
  if (state === 'granted') return `:white_check_mark:  Granted${who}${at}`
  if (state === 'declined') return `:no_entry_sign:  Not yet, decided${who}${at}. Nothing changes.`
  return `:leftwards_arrow_with_hook:  Withdrawn${at}: what it rested on holds no longer. Nothing changes.`
}
