import type { PromotionView } from '../../core/gate/promotion-views.ts'
import { context, divider, header, type Block, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence, oneLine } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

const MARKS = { held: ':white_check_mark:', missing: ':x:', not_applicable_yet: ':white_circle:' } as const

/** Every condition with its sentence, for the one who asked. */
export function promotionDossier(promotion: PromotionView, ctx: ViewContext): Message {
  const { dossier, title, openedAt, id, version } = promotion
  const lines = dossier.gates.map(
    // Consent is never there before somebody grants; that is no shortcoming.
    ({ name, status, says }) =>
      `${name === 'consent' && status === 'missing' ? ':raising_hand:' : MARKS[status]}  ${fence(says)}`,
  )
  const blocks: Block[] = []
  // Ten lines a section keep every line inside the 3,000 characters.
  for (let at = 0; at < lines.length; at += 10) blocks.push(section(lines.slice(at, at + 10).join('\n')))
  return fitMessage({
    text: `All numbers: ${fence(title)}`,
    blocks: [
      header('All numbers'),
      section(`*${fence(oneLine(title))}*\n${accuracyWords(dossier)}`),
      ...blocks,
      divider(),
      context(
        `:white_check_mark: holds  ·  :x: missing  ·  :white_circle: not applicable yet, so it stops nothing  ·  as of ${when(openedAt, ctx)}`,
      ),
      context(`${id}  ·  version ${version}`),
    ],
  })
}

const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`

function accuracyWords({ accuracy, unjudged }: PromotionView['dossier']): string {
  const { correct, judged, share, lcb } = accuracy
  const right =
    share === null
      ? 'Nothing was judged yet.'
      : `${correct} of ${judged} judged were right: ${percent(share)}, and with 90 % certainty more than ${percent(lcb)}.`
  return unjudged === null ? right : `${right} ${percent(unjudged)} of what ran was judged by nobody.`
}
