import { CATEGORIES, CHANNELS, categoryWords } from '../../../core/domain/category.ts'
import type { SwitchTarget } from '../../../core/domain/switches.ts'
import { postMessage } from '../../call-slack.ts'
import { approvalsChannel } from '../../sync-context.ts'
import type { Message } from '../../views/blocks.ts'
import { refusalMessage } from '../../views/refusals.ts'
import { stopChoices, stopNotice } from '../../views/stop-notice.ts'
import type { Command, CommandCall } from './command.ts'
import { longestName, reasonOf } from './longest-name.ts'

/** `topic recall-x`: one word, or several in quotation marks. */
const TOPIC = /^topic\s+(?:["“”„]([^"“”„]+)["“”]|([^\s:,]+))/i

type Choice = { readonly says: string; readonly target: SwitchTarget }

/**
 * `/tenure stop [what] [why]`: everything of this workspace, or a platform, a channel, an agent, a category, a kind of
 * action, a topic.
 */
export const stopCommand: Command = async (call) => {
  const choices = await choicesOf(call)
  const asked = whatAndWhy(call.rest, choices)
  if (asked === null)
    return stopChoices(call.rest, [...choices.map((choice) => choice.says).slice(0, 40), 'topic WORD'])
  const stopped = await call.deps.gate.stop(call.actor, asked.target, asked.reason)
  if (!stopped.ok) return refusalMessage(stopped.error, call.ctx)
  const notice = stopNotice(stopped.value)
  await tellChannel(call, notice)
  return notice
}

/** A stop and its end are told to everyone; the stop itself stands whether or not Slack takes the message. */
export async function tellChannel(call: CommandCall, notice: Message): Promise<void> {
  const posted = await postMessage(call.client, { channel: approvalsChannel(call) }, notice)
  if (!posted.ok) call.deps.log('warn', 'slack: a stop was not announced', { trouble: posted.error.kind })
}

async function choicesOf({ deps, actor }: CommandCall): Promise<readonly Choice[]> {
  const connections = await deps.gate.listConnections(actor)
  const agents = await deps.gate.listAgents(actor)
  const platforms = new Set(connections.ok ? connections.value.map((one) => one.platform) : [])
  return [
    { says: 'everything', target: { kind: 'workspace' } },
    ...[...platforms].map((platform): Choice => ({ says: platform, target: { kind: 'platform', value: platform } })),
    ...(agents.ok ? agents.value : []).map(
      (agent): Choice => ({ says: agent.name, target: { kind: 'agent', value: agent.id } }),
    ),
    ...CHANNELS.map((channel): Choice => ({ says: `channel ${channel}`, target: { kind: 'channel', value: channel } })),
    ...CATEGORIES.flatMap((category): Choice[] => [
      { says: categoryWords(category), target: { kind: 'category', value: category } },
    ]),
  ]
}

/**
 * The longest name that the text begins with; the rest is the reason. Nothing at all means everything. Null: begins
 * with no name that is known.
 */
export function whatAndWhy(
  text: string,
  choices: readonly Choice[],
): { readonly target: SwitchTarget; readonly reason: string | null } | null {
  const said = text.trim()
  if (said === '') return { target: { kind: 'workspace' }, reason: null }
  const topic = TOPIC.exec(said)
  const value = (topic?.[1] ?? topic?.[2] ?? '').trim()
  if (topic && value !== '') return { target: { kind: 'topic', value }, reason: reasonOf(said.slice(topic[0].length)) }
  const names = choices.flatMap((choice) => namesOf(choice).map((name) => ({ name, means: choice.target })))
  const found = longestName(said, names)
  if (found !== null) return { target: found.means, reason: found.reason }
  const kind = /^([a-z0-9_]+(?:\.[a-z0-9_]+){2})(?=$|[\s:])/.exec(said)?.[1]
  return kind === undefined
    ? null
    : { target: { kind: 'kind', value: kind }, reason: reasonOf(said.slice(kind.length)) }
}

/** A category is known by its words and by its name in the API. */
const namesOf = (choice: Choice): readonly string[] =>
  choice.target.kind === 'category' ? [choice.says, choice.target.value] : [choice.says]
