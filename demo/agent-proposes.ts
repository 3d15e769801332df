import { MARKETING, PEOPLE } from './chat.ts'
import { claim } from './claim.ts'
import type { Ideas } from './agent-ideas.ts'
import type { ActionAnswer, Proposal, Proposed } from './gate-client.ts'
import { draftLetter, prepareLetter, sendTrack } from './newsletters.ts'
import { moneyWords, peopleWords } from './say.ts'
import { propose, type Scene } from './scene.ts'
import { askInThread } from './set-the-scene.ts'
import { cardOf, proposeNote, proposeStage, proposeTag, proposeTask, proposeToList } from './small-proposals.ts'

/** The cards of the story, by what they are about. */
export type Cards = {
  readonly newsletter: ActionAnswer
  readonly newsletterId: string
  readonly reminder: ActionAnswer
  readonly reminderId: string
  readonly askedIn: string
  readonly tags: readonly ActionAnswer[]
  readonly stages: readonly [ActionAnswer, ActionAnswer]
  readonly tasks: readonly [ActionAnswer, ActionAnswer]
  readonly note: ActionAnswer
  readonly list: ActionAnswer
}

const HOUR_MS = 3_600_000

/** A dozen and more proposals: newsletters from draft to send, tidying up, follow-ups; two that must not pass. */
export async function agentProposes(scene: Scene, ideas: Ideas): Promise<Cards> {
  const { say, clock } = scene
  say.chapter('The agent proposes')
  const { newsletter, newsletterId } = await proposeNewsletter(scene, ideas)
  await clock.pause(2, 'the agent tidies up')
  const tags = [await proposeTag(scene, ideas, 0), await proposeTag(scene, ideas, 1), await proposeTag(scene, ideas, 2)]
  const stages = [await proposeStage(scene, ideas, 0), await proposeStage(scene, ideas, 1)] as const
  await clock.pause(3, 'the agent looks at who should hear from the practice')
  const tasks = [await proposeTask(scene, ideas, 0), await proposeTask(scene, ideas, 1)] as const
  const note = await proposeNote(scene, ideas)
  const list = await proposeToList(scene, ideas)
  await clock.pause(3, 'somebody asks for something')
  const { reminder, reminderId, askedIn } = await proposeReminder(scene, ideas)
  await clock.pause(2, 'the agent tries its luck twice')
  await proposeForbidden(scene, ideas)
  await findCards(scene, [newsletter, ...tags, ...stages, ...tasks, note, list, reminder])
  return { newsletter, newsletterId, tags, stages, tasks, note, list, reminder, reminderId, askedIn }
}

async function proposeNewsletter(scene: Scene, { audienceId }: Ideas) {
  const newsletterId = await prepareLetter(scene, {
    audienceId,
    subject: 'Early and late appointments this month',
    text: 'Dear *|FNAME|*, this month we keep early and late appointments free, before and after work.',
    reason: 'Half of the early appointments of this month are still free',
  })
  const sent = await proposeSend(scene, newsletterId, 'send “Early and late appointments this month” to everybody', {
    reason: 'Most people read it on a weekday morning',
  })
  const newsletter = cardOf(sent)
  const { reach } = newsletter
  claim(reach !== null && reach.amount !== null, 'The card does not say how many people it reaches and what it costs.')
  scene.say.line(`It would reach ${peopleWords(reach.people)} and cost ${moneyWords(reach.amount)}.`)
  return { newsletter, newsletterId }
}

async function proposeReminder(scene: Scene, { audienceId, segmentId }: Ideas) {
  const { words, ts: askedIn } = await askInThread(scene)
  const reminderId = await prepareLetter(scene, {
    audienceId,
    segmentId,
    subject: 'Your check-up is due',
    text: 'Dear *|FNAME|*, your half-yearly check-up is due. Choose your appointment online.',
    reason: 'A colleague asked for it',
  })
  const now = await scene.clock.now()
  const slot = new Date(Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS)
  const reminder = cardOf(
    await proposeSend(
      scene,
      reminderId,
      `send “Your check-up is due” at ${scene.clock.shown(slot)} to those it is for`,
      {
        reason: 'A colleague asked for it; only people with the tag “Recall due” get it',
        not_before: slot.toISOString(),
        requested_by: { member: PEOPLE.viewer.email, words, thread: { channel: MARKETING, ts: askedIn } },
      },
    ),
  )
  claim(reminder.requested_by?.thread?.ts === askedIn, 'The card does not know who asked for it, and where.')
  return { reminder, reminderId, askedIn }
}

/** Every card with its button is in the channel, as a person sees it. */
async function findCards({ say, chat }: Scene, cards: readonly ActionAnswer[]): Promise<void> {
  for (const { id } of cards) await chat.findButton(PEOPLE.approver, 'action_approve', id)
  const test = cards.filter(({ links }) => links.test !== null)
  for (const { id } of test) await chat.findButton(PEOPLE.approver, 'action_test', id)
  say.good(`${cards.length} cards are in #approvals; ${test.length} of them offer “Send me a test”.`)
}

/** A claim that the practice forbids, and a third newsletter for which the day's budget is too small. */
async function proposeForbidden(scene: Scene, { audienceId }: Ideas): Promise<void> {
  const { say } = scene
  const forbidden = await draftLetter(scene, {
    audienceId,
    subject: 'Whitening with guaranteed results',
    reason: 'Strong promises are opened more often',
    text: '',
  })
  claim(forbidden.kind === 'blocked', 'A forbidden claim was not blocked.')
  const third = await prepareLetter(scene, {
    audienceId,
    subject: 'Whitening weeks',
    text: 'Dear *|FNAME|*, ask us about whitening at your next visit.',
    reason: 'Twelve people asked about whitening last month',
  })
  const dear = await proposeSend(scene, third, 'send “Whitening weeks” to everybody too', {
    reason: 'It is ready anyway',
  })
  claim(dear.kind === 'blocked', 'What does not fit into the day’s budget was not blocked.')
  claim(
    dear.action.verdict?.reasons.some(({ rule }) => rule === 'budget.day.cap') === true,
    `It was blocked for another reason: ${dear.says}`,
  )
  say.line('Two newsletters are already reserved in the day’s budget; a third to everybody does not fit.')
}

async function proposeSend(
  scene: Scene,
  campaignId: string,
  label: string,
  more: Omit<Proposal, 'kind' | 'input'>,
): Promise<Proposed> {
  return await propose(
    scene,
    label,
    { kind: 'mailchimp.campaign.send', input: { campaignId }, ...more },
    sendTrack(campaignId),
  )
}
