import { unreachable } from '../../core/domain/result.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import { type Message, section } from './blocks.ts'
import { differenceLines } from './differences.ts'
import { fitMessage } from './limits.ts'
import { fence, sentence } from './mrkdwn.ts'
import type { ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** Every no of the gate in the words that the presser alone reads. */
export function refusalMessage(refusal: Refusal, ctx: ViewContext): Message {
  const says = refusalWords(refusal, ctx)
  return fitMessage({ text: says, blocks: [section(says)] })
}

export function refusalWords(refusal: Refusal, ctx: ViewContext): string {
  switch (refusal.kind) {
    case 'malformed':
      return `That does not fit yet: ${refusal.problems.map((problem) => fence(sentence(problem.says))).join(' ')}`
    case 'unknown_kind':
      return 'That is not something that can be done here.'
    case 'unknown_connection':
      return `${fence(refusal.platform)} is not connected. An admin can connect it in the console.`
    case 'labels_loosen':
      return fence(sentence(refusal.says))
    case 'not_permitted':
      return `This one is not yours to decide: ${fence(sentence(refusal.why))} The card stays as it is.`
    case 'stopped':
      return (
        `${fence(refusal.by)} stopped ${fence(refusal.what)}, ${when(refusal.at, ctx)}` +
        `${refusal.reason === null ? '.' : `: “${fence(refusal.reason)}”.`} Nothing was sent; it goes on when it is resumed.`
      )
    case 'not_found':
      return 'That is no longer here.'
    case 'idempotency_conflict':
      return 'That was already sent with other content. Please start again.'
    case 'rate_limited':
      return `${refusal.says === undefined ? 'A little too fast.' : fence(sentence(refusal.says))} Please try again in ${secondsWords(refusal.retryAfterMs)}.`
    case 'already_decided':
      return decidedWords(refusal, ctx)
    case 'not_now':
      return `Not possible at the moment: ${fence(sentence(refusal.why))}`
    case 'stale_hash':
      return 'This changed after the card was drawn, so your press was not counted. The card now shows the new content: please look once more.'
    case 'stricter_now':
      return `The rules became stricter since this was shown. ${refusal.reasons.map((reason) => fence(sentence(reason.text))).join(' ')} The card was drawn afresh.`
    case 'platform_changed':
      return `It was changed on the platform since.\n${differenceLines(refusal.differences)}`
    case 'platform_failed':
      return `The platform did not go along: ${fence(sentence(refusal.says))} Nothing was changed.`
    case 'expired':
      return `This expired ${when(refusal.at, ctx)}, and nothing happened.`
    case 'window_closed':
      return `Too late to undo${refusal.at === null ? '' : `: the time for it ended ${when(refusal.at, ctx)}`}. ${fence(sentence(refusal.why))}`
    case 'not_earned':
      return `Not yet: ${refusal.missing.map((one) => fence(sentence(one))).join(' ')} Nothing was changed.`
    case 'already_answered': {
      const by = refusal.by === null ? '' : ` by ${fence(refusal.by)}`
      return `This was already answered${by}${refusal.at === null ? '' : `, ${when(refusal.at, ctx)}`}. The first answer stands.`
    }
    case 'check_failed':
      return `A check could not run (${fence(refusal.check)}), so nothing was done. Please try again shortly.`
    default:
      return unreachable(refusal)
  }
}

function decidedWords(refusal: Extract<Refusal, { kind: 'already_decided' }>, ctx: ViewContext): string {
  const by = refusal.by === null ? '' : ` by ${fence(refusal.by)}`
  const at = refusal.at === null ? '' : `, ${when(refusal.at, ctx)}`
  return `This was already decided${by}${at}. The first decision stands.`
}

function secondsWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
