import { canonicalJson } from '../../core/domain/canonical.ts'
import { ok } from '../../core/domain/result.ts'
import type { BoundValue, Facts, PreviewLine } from '../../core/ports/kind.ts'
import type { Answer } from '../define.ts'
import { counted, excerpt, people, plainText, quoted } from '../words.ts'
import { campaignOrProblem, isDraft, standingOf, standingWords } from './campaign-fields.ts'
import type { Mailchimp } from './client.ts'
import { isWhole } from './recipients.ts'
import type { Campaign, Content } from './wire.ts'

/** The whole of what an approval of a send is about, as it stands in Mailchimp now. */
export async function campaignFacts(
  { campaignId }: { readonly campaignId: string },
  mailchimp: Mailchimp,
): Answer<Facts> {
  const campaign = await mailchimp.getCampaign(campaignId)
  if (!campaign.ok) return campaign
  const { recipients, settings, archive_url } = campaign.value
  const [content, size] = await Promise.all([mailchimp.getContent(campaignId), sizeOf(recipients.list_id, mailchimp)])
  if (!content.ok) return content
  if (!size.ok) return size
  return ok({
    bound: [
      text('Subject', settings.subject_line),
      text('Preview text', settings.preview_text),
      text('Sender', settings.from_name),
      text('Reply-to', settings.reply_to),
      audienceOf(campaign.value, size.value),
      await contentOf(content.value),
    ],
    people: recipients.recipient_count,
    listSize: size.value,
    texts: [settings.subject_line, settings.preview_text, settings.from_name, ...partsOf(content.value)].filter(
      (part) => part !== '',
    ),
    ...(archive_url !== undefined && archive_url !== '' && { openUrl: archive_url }),
  })
}

/** Null: a draft for which nobody chose an audience yet. */
async function sizeOf(listId: string, mailchimp: Mailchimp): Answer<number | null> {
  if (listId === '') return ok(null)
  const audience = await mailchimp.getAudience(listId)
  return audience.ok ? ok(audience.value.stats.member_count) : audience
}

const text = (label: string, value: string): BoundValue => ({ label, value, text: value === '' ? 'none' : value })

function audienceOf({ recipients }: Campaign, listSize: number | null): BoundValue {
  const { list_id, list_name, segment_opts: segment = null, segment_text, recipient_count } = recipients
  if (listSize === null) return { label: 'Audience', value: null, text: 'none' }
  const whole = isWhole(segment)
  const name = list_name === '' ? 'your audience' : quoted(list_name)
  const rule = plainText(segment_text).replace(SEGMENT_SIZE, '')
  const part = rule === '' ? '' : ` (${excerpt(rule, 120)})`
  return {
    label: 'Audience',
    // Who is meant, not how many they are: people come and go, and the guardrails count them again before the send.
    value: { listId: list_id, segment: whole ? null : segment, rule: whole ? null : rule },
    text: whole
      ? `all of ${name}: ${people(recipient_count)}`
      : `a part of ${name}${part}: ${people(recipient_count)} of ${counted(listSize, 'person', 'people')}`,
  }
}

/** The same list and the same part of it are the same audience, however many they are by now. */
export const audienceName = (facts: Facts | null): string | null => {
  const audience = facts?.bound.find(({ label }) => label === 'Audience')?.value ?? null
  return audience === null ? null : canonicalJson(audience)
}

/** Mailchimp ends the words for a segment with its size, which moves while the rule stays. */
const SEGMENT_SIZE = /\s*For a total of [\d.,\s]+ emails sent\.?\s*$/

/** Mailchimp fills `*|FNAME|*` in for each person; on a card it reads as what it stands for. */
const withoutMergeTags = (text: string): string => text.replace(/\*\|([A-Z0-9_:]+)\|\*/g, '[$1]')

const readable = (content: Content): string => (content.html === '' ? content.plain_text : plainText(content.html))

/** Every part that a reader may see: their mail program chooses. */
const partsOf = ({ html, plain_text }: Content): readonly string[] => [plainText(html), plain_text]

/** Both parts of the mail are bound: a reader may see either. */
async function contentOf(content: Content): Promise<BoundValue> {
  const value = await sha256(content.plain_text === '' ? content.html : canonicalJson({ ...content }))
  const words = readable(content)
  const count = counted(words.split(' ').filter(Boolean).length, 'word', 'words')
  // The mark tells two texts apart whose beginnings are the same.
  const mark = `version ${value.slice(0, 6)}`
  return {
    label: 'Content',
    value,
    text: words === '' ? 'empty' : `“${excerpt(withoutMergeTags(words), 160)}” (${count}, ${mark})`,
  }
}

async function sha256(of: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(of))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What stands in the way of a send: the campaign's state, and Mailchimp's own checklist. */
export async function readyToGo(
  { campaignId }: { readonly campaignId: string },
  mailchimp: Mailchimp,
): Answer<readonly string[]> {
  const found = await campaignOrProblem(mailchimp, campaignId)
  if (!found.ok) return found
  if ('problem' in found.value) return ok([found.value.problem])
  const { campaign } = found.value
  if (!isDraft(campaign.status)) return ok([standingWords(standingOf(campaign))])
  if (campaign.type !== 'regular' && campaign.type !== 'plaintext') {
    return ok(['Only a regular campaign can be approved here: a test of variants has no one text to look at.'])
  }
  const checklist = await mailchimp.getChecklist(campaignId)
  if (!checklist.ok) return checklist
  if (checklist.value.is_ready) return ok([])
  const errors = checklist.value.items.filter((item) => item.type === 'error')
  const says = errors.map(({ heading, details }) => excerpt(plainText(`${heading}: ${details}`), 300))
  return ok(says.length > 0 ? says : ['Mailchimp says that this campaign is not ready.'])
}

/** The card's lines, and its subject in a sentence. */
export function factLines(facts: Facts | null): readonly PreviewLine[] {
  if (facts === null) return []
  const reach = facts.reach === undefined ? [] : [{ label: 'Reaches', value: facts.reach.says }]
  return [...facts.bound.map(({ label, text: value }) => ({ label, value })), ...reach]
}

/** "your campaign ‘Spring check-ups’ goes to 1,200 people", with the verb as given. */
export function campaignSentence(facts: Facts | null, verb: string): string {
  if (facts === null) return `your campaign ${verb} to its audience`
  const subject = facts.bound.find((bound) => bound.label === 'Subject')?.text ?? ''
  return `your campaign ${quoted(subject)} ${verb} to ${people(facts.people)}`
}
