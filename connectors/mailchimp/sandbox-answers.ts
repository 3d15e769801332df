import type { Context } from 'hono'
import type { MailchimpState, SandboxAudience, SandboxCampaign, SandboxMember, SandboxSegment } from './sandbox-seed.ts'
import { hashOf } from './sandbox-seed.ts'

type Status = 400 | 401 | 404 | 405

const TITLES: Readonly<Record<Status, string>> = {
  400: 'Invalid Resource',
  401: 'API Key Invalid',
  404: 'Resource Not Found',
  405: 'Method Not Allowed',
}

/** An error as Mailchimp writes it. */
export function mailchimpProblem(c: Context, status: Status, detail: string, title: string = TITLES[status]) {
  const body = {
    type: 'https://mailchimp.com/developer/marketing/docs/errors/',
    title,
    status,
    detail,
    instance: '00000000-0000-4000-8000-000000000000',
  }
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json; charset=utf-8' })
}

export const subscribed = (list: SandboxAudience): readonly SandboxMember[] =>
  Object.values(list.members).filter((member) => member.status === 'subscribed')

/** Who a campaign goes to as things stand. */
export function recipientsOf(state: MailchimpState, campaign: SandboxCampaign): number {
  const list = state.lists[campaign.listId]
  if (list === undefined) return 0
  const segment = list.segments[String(campaign.segmentId)]
  return (segment === undefined ? subscribed(list) : inSegment(list, segment)).length
}

/** Those of a segment who are subscribed. */
export const inSegment = (list: SandboxAudience, { tag, emails = [] }: SandboxSegment): readonly SandboxMember[] =>
  subscribed(list).filter((member) => (tag === null ? emails.includes(member.email) : member.tags.includes(tag)))

export function shownCampaign(state: MailchimpState, campaign: SandboxCampaign) {
  const list = state.lists[campaign.listId]
  const segment = list?.segments[String(campaign.segmentId)]
  const isGone = campaign.status === 'sent' || campaign.status === 'sending'
  return {
    id: campaign.id,
    web_id: campaign.webId,
    type: campaign.type,
    create_time: campaign.createdAt,
    archive_url: `https://example.com/campaigns/${campaign.id}`,
    long_archive_url: `https://example.com/campaigns/${campaign.id}`,
    status: campaign.status,
    emails_sent: campaign.emailsSent,
    ...(campaign.sendTime !== null && { send_time: campaign.sendTime }),
    content_type: 'html',
    recipients: {
      list_id: campaign.listId,
      list_is_active: true,
      list_name: list?.name ?? '',
      segment_text: segment === undefined ? '' : `Contacts with the tag ${segment.tag ?? segment.name}`,
      recipient_count: isGone ? campaign.emailsSent : recipientsOf(state, campaign),
      ...(segment !== undefined && { segment_opts: { saved_segment_id: segment.id, match: 'any' } }),
    },
    settings: { ...campaign.settings, authenticate: true, auto_footer: false, inline_css: false },
  }
}

export function shownAudience(list: SandboxAudience) {
  const members = Object.values(list.members)
  const count = (status: SandboxMember['status']) => members.filter((member) => member.status === status).length
  return {
    id: list.id,
    name: list.name,
    list_rating: 4,
    double_optin: false,
    stats: {
      member_count: count('subscribed'),
      unsubscribe_count: count('unsubscribed'),
      cleaned_count: count('cleaned'),
    },
  }
}

export function shownMember(list: SandboxAudience, member: SandboxMember) {
  return {
    id: hashOf(member.email),
    email_address: member.email,
    unique_email_id: hashOf(member.email).slice(0, 10),
    status: member.status,
    merge_fields: member.fields,
    list_id: list.id,
    ...(member.optedInAt !== undefined && { timestamp_opt: member.optedInAt }),
    ...(member.changedAt !== undefined && { last_changed: member.changedAt }),
    tags_count: member.tags.length,
    tags: member.tags.map((name) => ({ id: tagId(name), name })),
  }
}

/** A page of members, as `count` and `offset` ask for it. */
export function memberPage(
  list: SandboxAudience,
  members: readonly SandboxMember[],
  { count = '10', offset = '0' }: Readonly<Record<string, string>>,
) {
  const page = members.slice(Number(offset), Number(offset) + Math.min(1000, Number(count)))
  return { members: page.map((member) => shownMember(list, member)), list_id: list.id, total_items: members.length }
}

/** A number that stays the same for a tag's name. */
export const tagId = (name: string): number => Number.parseInt(hashOf(name).slice(0, 6), 16)
