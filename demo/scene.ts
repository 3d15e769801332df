import type { Chat } from './chat.ts'
import type { Clock } from './clock.ts'
import type { ActionAnswer, Agent, Proposal, Proposed } from './gate-client.ts'
import type { Owner } from './owner-client.ts'
import type { Seen } from './platforms.ts'
import type { Say } from './say.ts'

/** One proposal of the story, and where on the platforms it shows. */
export type Tracked = {
  readonly label: string
  readonly id: string
  readonly proposal: Proposal
  /** The stand-in's own name for the effect; one name may be shared by a version and its successor. */
  readonly effect: string
  /** Whether an undo is the same effect once more, as with a changed field. */
  readonly undoRepeats: boolean
  /** What is to be seen there; `times` is how often the effect happened during the story. */
  readonly tells: (seen: Seen, times: number) => string
}

/** Everybody and everything that a chapter of the story meets. */
export type Scene = {
  readonly say: Say
  readonly owner: Owner
  readonly agent: Agent
  readonly chat: Chat
  readonly clock: Clock
  /** The platforms as they are now. */
  look(): Promise<Seen>
  /** The platforms as the story found them. */
  readonly before: Seen
  readonly tracked: Tracked[]
}

type Track = Omit<Tracked, 'label' | 'id' | 'proposal'>

/** The agent proposes, and the terminal says what the gate answered. */
export async function propose(scene: Scene, label: string, proposal: Proposal, track: Track): Promise<Proposed> {
  const { say, agent, tracked } = scene
  say.does('Agent', `${label}. “${proposal.reason}”`)
  const proposed = await agent.propose(proposal)
  if (proposed.kind !== 'refused') tracked.push({ label, id: proposed.action.id, proposal, ...track })
  if (proposed.kind === 'taken') say.good(takenWords(proposed.action))
  else say.held(`${proposed.kind === 'blocked' ? 'Blocked' : 'Refused'}: ${proposed.says}`)
  return proposed
}

function takenWords({ state, effect, level, preview }: ActionAnswer): string {
  if (state === 'awaiting_approval') return `A card asks: “Ready: ${preview.title}.”`
  if (state !== 'executed') return `It is ${stateWords(state)}.`
  return effect.preparing
    ? `Done at once, because it only prepares: ${preview.title}.`
    : `Done at once, at level ${level?.in_force ?? '?'}.`
}

export const stateWords = (state: string): string => state.replaceAll('_', ' ')
