import { PEOPLE } from '../chat.ts'
import { claim } from '../claim.ts'
import type { ActionAnswer } from '../gate-client.ts'
import type { Office } from './office.ts'
import { decided, marked, until } from './patience.ts'
import { read, timed, wordsOf } from './reading.ts'
import type { Work } from './work.ts'

const { approver } = PEOPLE
const SECONDS_TO_TYPE = 20
const REPAIRED = 0.5
/** How often a person finds that it was right to ask about what then was right. */
const RIGHT_TO_ASK = 0.5

/** The approver reads one card and decides it. */
export async function decideCard(office: Office, action: ActionAnswer): Promise<void> {
  const { channel, figures, open, presser, random } = office
  const work = open.get(action.id)
  claim(work !== undefined, `Nobody knows what ${action.id} is about.`)
  const place = await channel.find(approver, 'action_approve', action.id)
  figures.cards += 1
  if (presser === 'hasty' || work.isRight) {
    await timed(office, 'cardSeconds', async () => {
      await read(office, wordsOf(action))
      await channel.press(approver, 'action_approve', action.id)
    })
    figures.approved += 1
    if (work.proposal.question !== undefined) await sayOfTheQuestion(office, action, place)
  } else if (work.repair !== null && random.isTrue(REPAIRED)) await edit(office, action, work.repair)
  else await reject(office, action)
  await decided(office, action.id)
  channel.forget(action.id)
  open.delete(action.id)
}

/** Whether it was right to be asked; who reads nothing says nothing of it. */
async function sayOfTheQuestion(office: Office, { id }: ActionAnswer, card: { readonly ts: string }): Promise<void> {
  if (office.presser === 'hasty') return
  await decided(office, id)
  const button = office.random.isTrue(RIGHT_TO_ASK) ? 'question_right' : 'question_no_need'
  await until(`the redrawn card of ${id}`, async () => {
    await office.channel.lookAgain(approver, card)
    return office.channel.unpressed(button).some(({ subject }) => subject === id) ? true : null
  })
  await office.channel.press(approver, button, id)
  await marked(office, id)
}

async function edit(office: Office, action: ActionAnswer, repair: NonNullable<Work['repair']>): Promise<void> {
  const { channel, calendar, figures } = office
  await timed(office, 'cardSeconds', async () => {
    await read(office, wordsOf(action))
    await channel.press(approver, 'action_edit', action.id)
    await channel.form(approver, 'edit_action')
    await calendar.seconds(SECONDS_TO_TYPE)
    await channel.submit(approver, repair)
  })
  figures.edited += 1
}

async function reject(office: Office, action: ActionAnswer): Promise<void> {
  const { channel, calendar, figures, random } = office
  const drawn = random.share()
  const severity = drawn < 0.3 ? 'major' : drawn < 0.8 ? 'minor' : 'preference'
  await timed(office, 'cardSeconds', async () => {
    await read(office, wordsOf(action))
    await channel.press(approver, 'action_reject', action.id)
    await channel.form(approver, 'reject_action')
    await calendar.seconds(SECONDS_TO_TYPE)
    await channel.submit(approver, { severity, reason: 'That is not what the patient said.' })
  })
  figures.rejected += 1
}
