import { claim } from './claim.ts'
import type { Proposed } from './gate-client.ts'
import type { Seen } from './platforms.ts'
import { peopleWords } from './say.ts'
import { propose, type Scene } from './scene.ts'

export type Letter = {
  readonly audienceId: string
  readonly segmentId?: number
  readonly subject: string
  readonly text: string
  readonly reason: string
}

const FROM = { fromName: 'Your dental practice', replyTo: 'hello@example.com' }

/** Drafts a newsletter and writes its text: both only prepare. Returns the campaign's id in Mailchimp. */
export async function prepareLetter(scene: Scene, letter: Letter): Promise<string> {
  const drafted = await draftLetter(scene, letter)
  claim(drafted.kind === 'taken' && drafted.action.receipt !== null, `“${letter.subject}” was not drafted.`)
  const campaignId = drafted.action.receipt.reference
  const html = `<h1>${letter.subject}</h1><p>${letter.text}</p><p><a href="*|UNSUB|*">Unsubscribe</a></p>`
  const written = await propose(
    scene,
    `write the text of “${letter.subject}”`,
    { kind: 'mailchimp.campaign.set_content', input: { campaignId, html }, reason: 'A first version to look at' },
    {
      effect: `campaign.content ${campaignId}`,
      undoRepeats: true,
      tells: ({ mailchimp }) => (campaignId in mailchimp.campaigns ? `in campaign ${campaignId}` : 'gone'),
    },
  )
  claim(written.kind === 'taken' && written.action.state === 'executed', `“${letter.subject}” has no text.`)
  return campaignId
}

export async function draftLetter(scene: Scene, letter: Letter): Promise<Proposed> {
  const { audienceId: listId, segmentId, subject, reason } = letter
  return await propose(
    scene,
    `draft the newsletter “${subject}”`,
    {
      kind: 'mailchimp.campaign.create',
      input: { listId, subject, ...FROM, ...(segmentId !== undefined && { segmentId }) },
      reason,
    },
    {
      effect: `campaign.create ${subject}`,
      undoRepeats: false,
      tells: ({ mailchimp }) => {
        const found = Object.values(mailchimp.campaigns).filter(({ settings }) => settings.title === subject)
        return found.length === 0 ? 'no such draft' : `campaign ${found.at(-1)?.id ?? ''}`
      },
    },
  )
}

export const sendTrack = (campaignId: string) => ({
  effect: `campaign.send ${campaignId}`,
  undoRepeats: false,
  tells: (seen: Seen, times: number): string => sentWords(seen, campaignId, times),
})

function sentWords({ mailchimp }: Seen, campaignId: string, times: number): string {
  const campaign = mailchimp.campaigns[campaignId]
  if (campaign === undefined) return 'not in Mailchimp'
  if (times === 0) return `sent to nobody (in Mailchimp: ${campaign.status})`
  return `sent ${times === 1 ? 'once' : `${times} times`} to ${peopleWords(campaign.emailsSent)}`
}
