import { z } from 'zod'

/** The client gives null for an empty answer; a page of somebody else's with a 200 is not one. */
export const Nothing = z.null().transform(() => undefined)

export const CampaignStatus = z.enum([
  'save',
  'paused',
  'schedule',
  'sending',
  'sent',
  'canceled',
  'canceling',
  'archived',
])
export type CampaignStatus = z.infer<typeof CampaignStatus>

/** Mailchimp writes "no time" as an empty text. */
const Time = z
  .string()
  .nullish()
  .transform((text) => (text ? new Date(text).toISOString() : null))

export const Campaign = z.object({
  id: z.string().min(1),
  type: z.string(),
  status: CampaignStatus,
  send_time: Time,
  archive_url: z.string().optional(),
  recipients: z
    .object({
      list_id: z.string().default(''),
      list_name: z.string().default(''),
      segment_text: z.string().default(''),
      recipient_count: z.number().default(0),
      segment_opts: z.json().optional(),
    })
    .prefault({}),
  settings: z
    .object({
      subject_line: z.string().default(''),
      preview_text: z.string().default(''),
      title: z.string().default(''),
      from_name: z.string().default(''),
      reply_to: z.string().default(''),
    })
    .prefault({}),
})
export type Campaign = z.infer<typeof Campaign>

export const Campaigns = z.object({ campaigns: z.array(Campaign) })

/** A campaign has one part or both; an answer with neither is none about content. */
export const Content = z
  .object({ html: z.string().optional(), plain_text: z.string().optional() })
  .refine(({ html, plain_text }) => html !== undefined || plain_text !== undefined)
  .transform(({ html = '', plain_text = '' }) => ({ html, plain_text }))
export type Content = z.infer<typeof Content>

export const Checklist = z.object({
  is_ready: z.boolean(),
  items: z.array(z.object({ type: z.string(), heading: z.string().default(''), details: z.string().default('') })),
})
export type Checklist = z.infer<typeof Checklist>

export const Audience = z.object({
  id: z.string(),
  name: z.string(),
  stats: z.object({ member_count: z.number() }),
})
export type Audience = z.infer<typeof Audience>

export const MemberStatus = z.enum(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived'])
export type MemberStatus = z.infer<typeof MemberStatus>

export const Member = z.object({
  id: z.string(),
  email_address: z.string(),
  status: MemberStatus,
  merge_fields: z.record(z.string(), z.json()).default({}),
})
export type Member = z.infer<typeof Member>

export const MemberTags = z.object({ tags: z.array(z.object({ name: z.string() })) })

/** A member as a list of them shows one. */
export const ListedMember = z.object({
  email_address: z.string(),
  status: MemberStatus,
  timestamp_signup: Time,
  timestamp_opt: Time,
  last_changed: Time,
})
export type ListedMember = z.infer<typeof ListedMember>
export const MemberPage = z.object({ members: z.array(ListedMember), total_items: z.number() })
export type MemberPage = z.infer<typeof MemberPage>

export const Segment = z.object({ id: z.number(), name: z.string(), member_count: z.number().default(0) })
export type Segment = z.infer<typeof Segment>
export const Segments = z.object({ segments: z.array(Segment) })
