import { ideasFrom } from './agent-ideas.ts'
import { agentProposes } from './agent-proposes.ts'
import type { Arguments } from './arguments.ts'
import { createChat } from './chat.ts'
import { claim } from './claim.ts'
import { createClock } from './clock.ts'
import { followAlong } from './follow-along.ts'
import { createAgent } from './gate-client.ts'
import { createOwner } from './owner-client.ts'
import { peopleDecide } from './people-decide.ts'
import { look } from './platforms.ts'
import type { RunningGate } from './running-gate.ts'
import type { Say } from './say.ts'
import type { Scene } from './scene.ts'
import { setTheScene } from './set-the-scene.ts'
import { stopAndResume } from './stop-and-resume.ts'
import { trustGrows } from './trust-grows.ts'
import { tellBudget, whatHappened } from './what-happened.ts'

/** The whole story against one gate. What it changed of the gate's settings is put back. */
export async function tellStory(
  gate: RunningGate,
  { auto, paceMs }: Arguments,
  say: Say,
  isEnded: () => boolean,
): Promise<void> {
  const owner = createOwner(gate.url, gate.ownerToken)
  claim((await owner.stops()).length === 0, 'Something is stopped at this gate. Write /tenure resume first.')
  const before = await look(gate.platforms)
  const scene: Scene = {
    say,
    owner,
    agent: createAgent(gate.url, gate.agentKey),
    chat: createChat(gate.url),
    clock: createClock(gate.url, owner, say, { paceMs, isEnded }),
    look: () => look(gate.platforms),
    before,
    tracked: [],
  }
  const putBack = await setTheScene(scene)
  try {
    const ideas = ideasFrom(before)
    const cards = await agentProposes(scene, ideas)
    if (auto) {
      await peopleDecide(scene, cards)
      await stopAndResume(scene, ideas, cards)
    } else await followAlong(scene, isEnded)
    await tellBudget(scene)
    if (auto) await trustGrows(scene, ideas)
    await whatHappened(scene)
  } finally {
    await putBack()
  }
}
