import { PEOPLE } from '../chat.ts'
import { wordsIn } from './channel.ts'
import type { Office } from './office.ts'
import { until } from './patience.ts'
import { read, timed } from './reading.ts'

const { owner: boss } = PEOPLE

/** Raises, renewals and invitations, each answered once a day until an answer is taken. */
export async function answerTrustCards(office: Office): Promise<void> {
  const { channel, figures } = office
  await channel.look(boss)
  for (const button of ['promotion_grant', 'grant_renew', 'invitation_review'] as const)
    for (const { subject, place } of channel.unpressed(button)) {
      figures.cards += 1
      // Who approves without reading would also grant without reading: what keeps it from that is the gate.
      await timed(office, 'cardSeconds', async () => {
        await read(office, wordsIn(place.message))
        await channel.press(boss, button, subject)
      })
      const isAnswered = button !== 'promotion_grant' || (await granted(office, subject))
      if (isAnswered) channel.forget(subject)
      else channel.note(place.message)
    }
}

/** Whether it is answered; a refusal is told to the presser alone and leaves the card open. */
async function granted({ owner, say, channel }: Office, id: string): Promise<boolean> {
  return await until(`an answer to the grant of ${id}`, async () => {
    const { state, scenario, scope, to } = await owner.promotion(id)
    const what = `level ${to} for ${scenario} in ${scope}`
    if (state === 'granted') say.does(boss.name, `grants ${what}`)
    else if (state !== 'open') say.held(`The raise to ${what} is ${state}.`)
    if (state !== 'open') return { isAnswered: true }
    const refusal = (await channel.look(boss)).findLast(({ text }) => text.startsWith('Not yet:'))
    if (refusal === undefined) return null
    say.held(`Grant of ${what}: “${refusal.text}”`)
    return { isAnswered: false }
  }).then(({ isAnswered }) => isAnswered)
}
