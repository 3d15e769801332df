import type { Cards } from './agent-proposes.ts'
import { MARKETING, PEOPLE, readable } from './chat.ts'
import { claim, eventually } from './claim.ts'
import type { ActionAnswer } from './gate-client.ts'
import { timesBetween } from './platforms.ts'
import { peopleWords } from './say.ts'
import { type Scene, stateWords } from './scene.ts'
import { cardOf, proposeTaskAs, tasksOf } from './small-proposals.ts'

const { approver } = PEOPLE

/** The approver goes through the cards: tests, approves, edits, asks for changes, rejects with a reason. */
export async function peopleDecide(scene: Scene, cards: Cards): Promise<void> {
  const { say, clock } = scene
  say.chapter('The approver decides in Slack')
  await clock.pause(6, 'the approver opens #approvals')
  await approveNewsletter(scene, cards)
  for (const card of [...cards.tags, cards.list, cards.stages[0]]) {
    await clock.pause(1, 'the next card')
    await approve(scene, card)
  }
  await press(scene, 'action_confirm', 'Looks good', cards.stages[0])
  await waitForDecision(scene, cards.stages[0], 'confirm')
  await clock.pause(2, 'one of them is not right')
  await reject(scene, cards.stages[1])
  await clock.pause(2, 'one is nearly right')
  await edit(scene, cards.tasks[0])
  await clock.pause(2, 'one says too little')
  await askForChanges(scene, cards.tasks[1])
  await clock.pause(1, 'the reminder that a colleague asked for')
  await approve(scene, cards.reminder, 'scheduled')
  say.line('The note still waits; nobody has looked at it yet.')
}

async function approveNewsletter(scene: Scene, { newsletter, newsletterId }: Cards): Promise<void> {
  const { say } = scene
  const before = await scene.look()
  await press(scene, 'action_test', 'Send me a test', newsletter)
  const test = await eventually('the test mail', async () => {
    const { tests } = (await scene.look()).mailchimp
    return tests.findLast(({ campaignId }) => campaignId === newsletterId) ?? null
  })
  claim(test.emails.join() === approver.email, `The test went to ${test.emails.join(', ')}.`)
  say.good(`A test went to ${test.emails.join(', ')} and to nobody else.`)
  await scene.clock.pause(3, 'the approver has read it')
  await approve(scene, newsletter)
  const now = await scene.look()
  const [times, sentTo] = [timesBetween(before, now, `campaign.send ${newsletterId}`), sent(now, newsletterId)]
  claim(times === 1, `Mailchimp sent the newsletter ${times} times.`)
  claim(
    sentTo === newsletter.reach?.people,
    `The card promised ${newsletter.reach?.people} people; it went to ${sentTo}.`,
  )
  say.good(`Mailchimp sent it once, to ${peopleWords(sentTo)}: as many as the card said.`)
}

const sent = (seen: Awaited<ReturnType<Scene['look']>>, id: string): number =>
  seen.mailchimp.campaigns[id]?.emailsSent ?? 0

export async function approve(
  scene: Scene,
  card: ActionAnswer,
  becomes: ActionAnswer['state'] = 'executed',
): Promise<void> {
  await press(scene, 'action_approve', 'Approve', card)
  const action = await waitForState(scene, card.id, becomes)
  const when = action.slot_at === null ? '' : ` for ${scene.clock.shown(new Date(action.slot_at))}`
  scene.say.good(`${becomes === 'executed' ? 'Done' : `It is ${stateWords(becomes)}${when}`}.`)
}

async function reject(scene: Scene, card: ActionAnswer): Promise<void> {
  const reason = 'They only asked for a price list. Leave them where they are.'
  await press(scene, 'action_reject', 'Reject', card)
  await scene.chat.submit(approver, 'reject_action', { severity: 'minor', reason })
  scene.say.quote(`A small thing. ${reason}`)
  await waitForState(scene, card.id, 'rejected')
  const told = await eventually('the reason at the agent', async () => {
    return (await scene.agent.feedback()).find((one) => one.action_id === card.id) ?? null
  })
  claim(told.says === reason && told.severity === 'minor', `The agent was told something else: ${told.says}`)
  scene.say.good(`Rejected. The agent is told why, and: “${told.advice}”`)
}

async function edit(scene: Scene, card: ActionAnswer): Promise<void> {
  const subject = 'Call before noon about the treatment plan'
  await press(scene, 'action_edit', 'Edit', card)
  await scene.chat.submit(approver, 'edit_action', { 'field:subject': subject })
  scene.say.quote(`Subject: ${subject}`)
  const action = await waitForState(scene, card.id, 'executed')
  const contactId = String(card.input['contactId'])
  const tasks = tasksOf((await scene.look()).hubspot, contactId).map(({ properties }) => properties['hs_task_subject'])
  claim(tasks.includes(subject), `HubSpot holds another task: ${tasks.join(', ')}.`)
  const decision = action.decisions.at(-1)
  scene.say.good(`Saved and approved by ${decision?.by.name ?? 'nobody'}; the task in HubSpot reads as edited.`)
}

async function askForChanges(scene: Scene, card: ActionAnswer): Promise<void> {
  const comment = 'Follow up on what? Say what to ask, please.'
  await press(scene, 'action_revise', 'Ask for changes', card)
  await scene.chat.submit(approver, 'revise_action', { comment })
  scene.say.quote(comment)
  await waitForState(scene, card.id, 'changes_requested')
  await scene.clock.pause(2, 'the agent reads the comment and sends a new version')
  const version = cardOf(
    await proposeTaskAs(scene, 'a new version of the task', {
      kind: 'hubspot.task.create',
      input: { ...card.input, subject: 'Offer a new appointment: the last one was cancelled' },
      reason: 'Says what to ask, as you wanted',
      supersedes: card.id,
    }),
  )
  claim(version.supersedes === card.id && version.changes.length > 0, 'The new version does not show what changed.')
  for (const { label, was, is } of version.changes) scene.say.quote(`${label}: “${was}” becomes “${is}”`)
  await waitForState(scene, card.id, 'superseded')
  await approve(scene, version)
}

async function press(scene: Scene, button: string, words: string, card: ActionAnswer): Promise<void> {
  const message = await scene.chat.press(approver, button, card.id)
  scene.say.does(approver.name, `presses ${words} on “${message.text.split('. ')[0] ?? ''}”`)
}

export async function waitForState(scene: Scene, id: string, state: ActionAnswer['state']): Promise<ActionAnswer> {
  return await eventually(`action ${id} becomes ${state}`, async () => {
    const action = await scene.agent.action(id)
    return action.state === state ? action : null
  })
}

async function waitForDecision(scene: Scene, card: ActionAnswer, verb: string): Promise<void> {
  await eventually(`the decision ${verb}`, async () => {
    const { decisions } = await scene.agent.action(card.id)
    return decisions.some(({ decision }) => decision === verb) ? true : null
  })
  scene.say.good('Noted: the approver saw the result and it looks good.')
}

/** Whether the one who asked got their answer, in the thread in which they asked. */
export async function answerInThread(scene: Scene, askedIn: string): Promise<string> {
  return await eventually('an answer in the thread', async () => {
    const replies = await scene.chat.thread(MARKETING, askedIn, PEOPLE.viewer)
    return replies.findLast(({ user, text }) => user === null && text.includes('Done')) ?? null
  }).then(({ text }) => readable(text))
}
