import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import type { GrantView } from '../../core/gate/promotion-views.ts'
import { type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence } from './mrkdwn.ts'
import { type AgentNames, LEVEL_DOES, placeWords, whoseWork } from './trust-words.ts'

const MOST = 15

/** What asks again from now on, and how to let it run by itself again. */
export function reclaimedMessage(taken: readonly GrantView[], agents: AgentNames): Message {
  const lines = taken.map((grant) => {
    const before = grant.reclaimed === null ? '' : `, so far: ${LEVEL_DOES[grant.reclaimed]}`
    return `${whoseWork(grant, agents)} (${fence(placeWords(grant.scope))}${before}).`
  })
  const back = [...new Set(taken.map(({ scope }) => categoryOfScope(scope)))].map(
    (one) => `\`/tenure hand-back ${one}\``,
  )
  return listMessage(
    'Taken back. From now on this asks you every time:',
    lines,
    `What was about to go out by itself comes back to you first. Nothing is proposed for it again until an admin hands it back: ${back.join('  ')}`,
  )
}

/** What runs by itself again, as it did before it was taken back. */
export const handedBackMessage = (given: readonly GrantView[], agents: AgentNames): Message =>
  listMessage(
    'Handed back. This runs by itself again:',
    given.map((grant) => {
      const bound = grant.inForce < grant.level ? `; for now it ${LEVEL_DOES[grant.inForce]}` : ''
      return `${whoseWork(grant, agents)} (${fence(placeWords(grant.scope))}): it ${LEVEL_DOES[grant.level]}${bound}.`
    }),
    'Take it back at any time with `/tenure reclaim`.',
  )

/** There was nothing to take back, or nothing to hand back. */
export function nothingThere(what: string, verb: 'reclaim' | 'hand_back'): Message {
  const place = fence(placeWords(what))
  const says =
    verb === 'reclaim'
      ? `Nothing runs by itself in ${place}: everything asks you already.`
      : `Nothing was taken back in ${place} that could be handed back.`
  return fitMessage({ text: says, blocks: [section(says)] })
}

/** A category is never guessed: the choices are named instead. */
export function categoryChoices(asked: string, choices: readonly string[]): Message {
  const list = choices.map((choice) => `\`${fence(choice)}\``).join('  ')
  const known = asked.trim() === '' ? 'Which category?' : `I do not know “${fence(asked)}”, so nothing was done.`
  const says = `${known} You can say: ${list}`
  return fitMessage({ text: says, blocks: [section(says)] })
}

function listMessage(head: string, lines: readonly string[], next: string): Message {
  const left = lines.length - MOST
  const shown = lines.slice(0, MOST).map((line) => `•  ${line}`)
  const more = left > 0 ? [`_and ${left} more_`] : []
  return fitMessage({ text: head, blocks: [section([`*${head}*`, ...shown, ...more].join('\n')), section(next)] })
}
