import type { Cards } from './agent-proposes.ts'
import type { Ideas } from './agent-ideas.ts'
import { PEOPLE } from './chat.ts'
import { claim, eventually } from './claim.ts'
import { answerInThread, approve, waitForState } from './people-decide.ts'
import { type Seen, timesBetween } from './platforms.ts'
import { peopleWords } from './say.ts'
import { propose, type Scene } from './scene.ts'

const MINUTE_MS = 60_000
/** So long after the planned time nothing has gone out: well inside the hour for which a slot stays good. */
const MINUTES_PAST_SLOT = 10

/** Everything stops, also what is approved. After the resume it goes out, or asks again where its time has passed. */
export async function stopAndResume(scene: Scene, ideas: Ideas, cards: Cards): Promise<void> {
  scene.say.chapter('Stop, and resume')
  const before = await scene.look()
  await stopEverything(scene)
  await proposeWhileStopped(scene, ideas)
  await approveWhileStopped(scene, cards)
  await pauseUntilPast(scene, cards.reminder.slot_at)
  await nothingWentOut(scene, before, cards)
  await resumeEverything(scene)
  await noteGoesOut(scene, before, cards)
  await reminderAsksAgain(scene, before, cards)
}

async function stopEverything({ say, chat, owner }: Scene): Promise<void> {
  const command = '/tenure stop everything because the booking page is down'
  await chat.command(PEOPLE.owner, command)
  say.does('Owner', `writes ${command}`)
  const stops = await eventually('the stop', async () => {
    const all = await owner.stops()
    return all.length === 0 ? null : all
  })
  say.good(`Stopped: ${stops.join(', ')}.`)
}

async function resumeEverything({ say, chat, owner }: Scene): Promise<void> {
  await chat.command(PEOPLE.owner, '/tenure resume')
  say.does('Owner', 'writes /tenure resume')
  await eventually('the end of the stop', async () => ((await owner.stops()).length === 0 ? true : null))
}

/** The card has no Approve while everything is stopped; over the API the decision counts, and its effect waits. */
async function approveWhileStopped({ say, owner }: Scene, { note }: Cards): Promise<void> {
  say.does('Owner', 'approves the note that still waits, over the API')
  const { state, frozen_by: frozenBy } = await owner.approve(note)
  claim(state === 'ready' && frozenBy !== null, `The approved note is ${state}.`)
  say.good('Approved, and frozen: the decision counts, the effect waits.')
}

const effectOf = ({ reminderId }: Cards): string => `campaign.send ${reminderId}`
const noteEffectOf = ({ note }: Cards): string => `notes.create ${String(note.input['contactId'])}`

async function nothingWentOut(scene: Scene, before: Seen, cards: Cards): Promise<void> {
  const { say, agent } = scene
  const [note, reminder] = [await agent.action(cards.note.id), await agent.action(cards.reminder.id)]
  const now = await scene.look()
  claim(note.state === 'ready' && reminder.state === 'scheduled', `They are ${note.state} and ${reminder.state}.`)
  const times = timesBetween(before, now, effectOf(cards)) + timesBetween(before, now, noteEffectOf(cards))
  claim(times === 0, 'Something that was approved went out although everything is stopped.')
  say.held('Neither the approved note nor the approved reminder went out while everything is stopped.')
}

async function noteGoesOut(scene: Scene, before: Seen, cards: Cards): Promise<void> {
  await waitForState(scene, cards.note.id, 'executed')
  const times = timesBetween(before, await scene.look(), noteEffectOf(cards))
  claim(times === 1, `The note was written ${times} times.`)
  scene.say.good('Resumed: the approved note went out by itself, once.')
}

async function reminderAsksAgain(scene: Scene, before: Seen, cards: Cards): Promise<void> {
  const { say, clock } = scene
  const again = await waitForState(scene, cards.reminder.id, 'awaiting_approval')
  say.held(`The reminder asks again: “${again.note ?? ''}”`)
  await clock.pause(4, 'the approver reads why')
  await approve(scene, again)
  const now = await scene.look()
  const sentTo = now.mailchimp.campaigns[cards.reminderId]?.emailsSent ?? 0
  const times = timesBetween(before, now, effectOf(cards))
  claim(times === 1 && sentTo === again.reach?.people, `The reminder went out ${times} times, to ${sentTo} people.`)
  say.good(`Mailchimp sent the reminder once, to ${peopleWords(sentTo)}.`)
  say.does('Tenure in #marketing', await answerInThread(scene, cards.askedIn))
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
