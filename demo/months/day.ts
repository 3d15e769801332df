import type { ActionAnswer } from '../gate-client.ts'
import { claim } from '../claim.ts'
import { decideCard } from './decide-card.ts'
import { answerTrustCards } from './answer-trust-cards.ts'
import { lookAtNotices } from './look-at-notices.ts'
import type { Office } from './office.ts'
import { content, draft, send, type Work, wordyWorkOf, workOf } from './work.ts'

/** Between two proposals, so that the channel is not flooded. */
const BETWEEN_S = 120
const UNTIL_THEY_LOOK_S = 1_800
const NEWSLETTER_DAY = 2

/** One working day: the agent proposes, some of it runs, people go through #approvals once. */
export async function workADay(office: Office, morning: Date, week: number): Promise<void> {
  const { random, presser, calendar } = office
  const asked: ActionAnswer[] = []
  const ran: ActionAnswer[] = []
  const today = (presser === 'hasty' ? wordyWorkOf : workOf)(random, morning)
  for (const work of today) sort(office, await propose(office, work), asked, ran)
  if (morning.getUTCDay() === NEWSLETTER_DAY) asked.push(await newsletter(office, week))
  await calendar.seconds(UNTIL_THEY_LOOK_S)
  for (const action of asked) await decideCard(office, action)
  await lookAtNotices(office, ran)
  await answerTrustCards(office)
  office.figures.workingDays += 1
}

async function propose(office: Office, work: Work): Promise<ActionAnswer> {
  const proposed = await office.agent.propose(work.proposal)
  claim(proposed.kind === 'taken', proposed.kind === 'taken' ? '' : `${work.proposal.kind}: ${proposed.says}`)
  office.open.set(proposed.action.id, work)
  await office.calendar.seconds(BETWEEN_S)
  return proposed.action
}

/** What waits for a person, and what ran by itself; anything else is not as it should be. */
function sort({ figures }: Office, action: ActionAnswer, asked: ActionAnswer[], ran: ActionAnswer[]): void {
  const { state, level, kind } = action
  if (state === 'awaiting_approval') {
    asked.push(action)
    return
  }
  claim(state === 'executed' && (level?.in_force ?? 0) >= 3, `${kind} is ${state} at level ${level?.in_force ?? '?'}.`)
  figures.alone += 1
  ran.push(action)
}

/** Drafting and writing only prepare and need nobody; the send goes to so many that a person always decides. */
async function newsletter(office: Office, week: number): Promise<ActionAnswer> {
  const { agent, random, calendar } = office
  const drafted = await agent.propose(draft(week))
  claim(drafted.kind === 'taken' && drafted.action.receipt !== null, 'The newsletter was not drafted.')
  const campaignId = drafted.action.receipt.reference
  const written = await agent.propose(content(campaignId, random))
  claim(written.kind === 'taken' && written.action.state === 'executed', 'The newsletter has no text.')
  await calendar.seconds(BETWEEN_S)
  const action = await propose(office, send(campaignId, random))
  claim(action.state === 'awaiting_approval', `A newsletter to everybody who is due is ${action.state}.`)
  return action
}
