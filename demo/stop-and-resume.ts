import type { Cards } from './agent-proposes.ts'
import type { Ideas } from './agent-ideas.ts'
import { PEOPLE } from './chat.ts'
import { claim, eventually } from './claim.ts'
import { answerInThread, waitForState } from './people-decide.ts'
import { timesBetween } from './platforms.ts'
import { peopleWords } from './say.ts'
import { propose, type Scene } from './scene.ts'

const MINUTE_MS = 60_000
/** So long after the planned time nothing has gone out: well inside the hour for which a slot stays good. */
const MINUTES_PAST_SLOT = 10

/** Everything stops, also what was approved and planned; what was approved goes out after the resume. */
export async function stopAndResume(
  scene: Scene,
  ideas: Ideas,
  { reminder, reminderId, askedIn }: Cards,
): Promise<void> {
  const { say, owner, clock, chat } = scene
  say.chapter('Stop, and resume')
  const effect = `campaign.send ${reminderId}`
  const before = await scene.look()
  await chat.command(PEOPLE.owner, '/tenure stop everything because the booking page is down')
  say.does('Owner', 'writes /tenure stop everything because the booking page is down')
  const stops = await eventually('the stop', async () => {
    const all = await owner.stops()
    return all.length === 0 ? null : all
  })
  say.good(`Stopped: ${stops.join(', ')}.`)
  await proposeWhileStopped(scene, ideas)
  await pauseUntilPast(scene, reminder.slot_at)
  // One look at the stand-in itself; the sweep had every chance.
  const still = await scene.agent.action(reminder.id)
  claim(still.state === 'scheduled' && still.frozen_by !== null, `The approved reminder is ${still.state}.`)
  const during = timesBetween(before, await scene.look(), effect)
  claim(during === 0, 'The approved reminder went out although everything is stopped.')
  say.held('The approved reminder did not go out at its time: it waits, frozen.')

  await chat.command(PEOPLE.owner, '/tenure resume')
  say.does('Owner', 'writes /tenure resume')
  await eventually('the end of the stop', async () => ((await owner.stops()).length === 0 ? true : null))
  const done = await waitForState(scene, reminder.id, 'executed')
  const after = await scene.look()
  const [times, sentTo] = [timesBetween(before, after, effect), after.mailchimp.campaigns[reminderId]?.emailsSent ?? 0]
  claim(times === 1 && sentTo === done.reach?.people, `The reminder went out ${times} times, to ${sentTo} people.`)
  say.good(`Resumed: the reminder went out once, to ${peopleWords(sentTo)}.`)
  say.does('Tenure in #marketing', await answerInThread(scene, askedIn))
  await clock.pause(5, 'the morning is over')
}

async function proposeWhileStopped(scene: Scene, { noteFor }: Ideas): Promise<void> {
  const refused = await propose(
    scene,
    'one more note, while everything is stopped',
    { kind: 'hubspot.note.create', input: { contactId: noteFor, body: 'Asked again.' }, reason: 'Just called' },
    { effect: `notes.create ${noteFor}`, undoRepeats: false, tells: () => '' },
  )
  claim(
    refused.kind === 'refused' && refused.type.endsWith(':stopped'),
    'A proposal was taken while everything is stopped.',
  )
}

async function pauseUntilPast(scene: Scene, slotAt: string | null): Promise<void> {
  claim(slotAt !== null, 'The reminder has no planned time.')
  const minutes = (Date.parse(slotAt) - (await scene.clock.now()).getTime()) / MINUTE_MS
  claim(minutes > 0, 'The planned time of the reminder is over before the stop.')
  await scene.clock.pause(Math.ceil(minutes) + MINUTES_PAST_SLOT, 'the time of the planned reminder has come and gone')
}
