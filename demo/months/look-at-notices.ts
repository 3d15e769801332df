import { PEOPLE } from '../chat.ts'
import type { ActionAnswer } from '../gate-client.ts'
import { claim } from '../claim.ts'
import { wordsIn } from './channel.ts'
import { tellFall } from './fall.ts'
import type { Office } from './office.ts'
import { confirmed, undone } from './patience.ts'
import { read, timed } from './reading.ts'

const { approver } = PEOPLE
/** How many of the notices people open at level 3, and how many of the silent ones they draw at level 4. */
const LOOKED_AT = 0.6
const AUDITED = 0.3

/** Some of what ran by itself is looked at: *Looks good* where it is right, *Undo* where it is not. */
export async function lookAtNotices(office: Office, ran: readonly ActionAnswer[]): Promise<void> {
  for (const action of ran) {
    const work = office.open.get(action.id)
    claim(work !== undefined, `Nobody knows what ${action.id} is about.`)
    const level = action.level?.in_force ?? 3
    const isSeen = office.presser === 'honest' && office.random.isTrue(level === 3 ? LOOKED_AT : AUDITED)
    if (isSeen && level === 3) await answerNotice(office, action, work.isRight)
    else if (isSeen) await audit(office, action, work.isRight)
    else if (!work.isRight) office.figures.unseenWrong += 1
    office.channel.forget(action.id)
    office.open.delete(action.id)
  }
}

async function answerNotice(office: Office, { id }: ActionAnswer, isRight: boolean): Promise<void> {
  const { channel, figures } = office
  const button = isRight ? 'action_confirm' : 'action_undo'
  const { message } = await channel.find(approver, button, id)
  await timed(office, 'noticeSeconds', async () => {
    await read(office, wordsIn(message))
    await channel.press(approver, button, id)
  })
  await (isRight ? confirmed(office, id) : undone(office, id))
  if (!isRight) figures.undone += 1
}

/** Level 4 tells nobody at once, so what is drawn is looked at over the API. */
async function audit(office: Office, action: ActionAnswer, isRight: boolean): Promise<void> {
  const { owner, figures } = office
  await timed(office, 'noticeSeconds', () => read(office, action.preview.lines.length * 10))
  if (isRight) await owner.decide(action, 'confirm')
  else {
    await tellFall(office, action, async () => {
      await owner.undo(action.id)
      await undone(office, action.id)
    })
    figures.undone += 1
  }
}
