import type { CallbackEndpointView } from '../../core/gate/views.ts'
import { type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence } from './mrkdwn.ts'

const WHY = {
  gone: 'It answered that it is gone (410).',
  forbidden: 'It may not be called: it lies in a private network or is not https.',
  failing: 'It has taken nothing for three days.',
} as const

/** Tells the channel that an agent is no longer told what becomes of its proposals. */
export function callbackNotice(endpoint: CallbackEndpointView, agentName: string | null): Message {
  const whose = agentName === null ? 'a proposer' : `the agent *${fence(agentName)}*`
  const missed = endpoint.failed + endpoint.notSent
  const kept = missed === 0 ? '' : ` ${missed} not delivered; they are kept for 30 days.`
  const says = `:no_bell:  The callback address of ${whose} is disabled: ${fence(endpoint.url)}\n${WHY[endpoint.disabledWhy ?? 'failing']} What was decided stands; the agent is just not told.${kept}`
  const next = `_Once it is mended:_ \`tenure callbacks enable ${endpoint.id}\` _and then_ \`tenure callbacks replay ${endpoint.id}\``
  return fitMessage({
    text: `A callback address is disabled: ${fence(endpoint.url)}`,
    blocks: [section(`${says}\n${next}`)],
  })
}
