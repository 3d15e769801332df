import { PEOPLE } from './chat.ts'
import { realMs } from './claim.ts'
import type { ActionAnswer } from './gate-client.ts'
import { waitForState } from './people-decide.ts'
import { propose, type Scene, stateWords, type Tracked } from './scene.ts'

const LOOK_EVERY_MS = 700
const OPEN: readonly string[] = ['proposed', 'awaiting_approval', 'changes_requested', 'ready', 'executing', 'undoing']

/** Without --auto people press: says where, prints what they decide, ends when nothing is open or they end it. */
export async function followAlong(scene: Scene, isEnded: () => boolean): Promise<void> {
  const { say, chat, agent, tracked } = scene
  say.chapter('Your turn')
  say.line('Press the buttons here, as the approver:')
  say.line(chat.pageOf(PEOPLE.approver))
  say.line('Try Edit, Ask for changes, Reject, Undo on what is done, and /tenure stop as the owner. Ctrl-C ends it.')
  const known = new Map<string, ActionAnswer['state']>()
  for (let open = true; open && !isEnded(); ) {
    await realMs(LOOK_EVERY_MS)
    open = false
    // A new version that the agent sends on the way is looked at in the same round.
    for (const one of tracked) {
      const action = await agent.action(one.id)
      if ((known.get(one.id) ?? action.state) !== action.state) {
        tell(scene, one, action)
        if (action.state === 'changes_requested') await sendAgain(scene, one, action)
      }
      known.set(one.id, action.state)
      open ||= OPEN.includes(action.state)
    }
  }
  if (!isEnded()) await reachPlannedTimes(scene)
}

/** What was approved for later goes out once the clock is there, unless somebody stopped it. */
async function reachPlannedTimes(scene: Scene): Promise<void> {
  for (const one of scene.tracked) {
    const { id, state, slot_at: slotAt, frozen_by: frozenBy } = await scene.agent.action(one.id)
    if (state !== 'scheduled' || slotAt === null || frozenBy !== null) continue
    const minutes = (Date.parse(slotAt) - (await scene.clock.now()).getTime()) / 60_000
    if (minutes > 0) await scene.clock.pause(Math.ceil(minutes), 'everything is decided; its planned time has come')
    tell(scene, one, await waitForState(scene, id, 'executed'))
  }
}

function tell({ say }: Scene, { label }: Tracked, { state, decisions, note }: ActionAnswer): void {
  const last = decisions.at(-1)
  const by =
    last === undefined ? '' : ` (${last.by.name}: ${last.decision}${last.reason === null ? '' : `, “${last.reason}”`})`
  say.good(`${label}: ${stateWords(state)}${by}.`)
  if (note !== null) say.quote(note)
}

/** This agent can reword nothing; it puts the comment into a task or note and sends everything else as it was. */
async function sendAgain(scene: Scene, one: Tracked, { id, kind, input, decisions }: ActionAnswer): Promise<void> {
  const comment = decisions.findLast(({ decision }) => decision === 'revise')?.reason ?? ''
  const withComment = kind === 'hubspot.task.create' || kind === 'hubspot.note.create' ? { body: comment } : {}
  const { effect, undoRepeats, tells } = one
  await propose(
    scene,
    `${one.label}, new version`,
    { ...one.proposal, input: { ...input, ...withComment }, reason: `You wrote: ${comment}`, supersedes: id },
    { effect, undoRepeats, tells },
  )
}
