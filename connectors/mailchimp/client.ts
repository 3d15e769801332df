import { createHash } from 'node:crypto'
import ApiClient from '@mailchimp/mailchimp_marketing/src/ApiClient.js'
import type { z } from 'zod'
import type { Json } from '../../core/domain/canonical.ts'
import { ok } from '../../core/domain/result.ts'
import type { Answer } from '../define.ts'
import { attempt, createWire, type Wire, type WireOptions, parsed } from '../http.ts'
import { readRefusal } from './errors.ts'
import { allPages, PAGE } from './member-pages.ts'
import * as wire from './wire.ts'

export type CampaignSettings = {
  readonly subject_line: string
  readonly preview_text?: string
  readonly title?: string
  readonly from_name: string
  readonly reply_to: string
}

export type MemberChange = {
  readonly status: wire.MemberStatus
  readonly merge_fields?: Readonly<Record<string, Json>>
}

/** What our kinds need of Mailchimp. One deadline over all calls; nothing is retried. */
export type Mailchimp = {
  getCampaign(id: string): Answer<wire.Campaign>
  /** The newest drafts of an audience, at most 1,000. */
  draftsOf(listId: string): Answer<readonly wire.Campaign[]>
  createCampaign(listId: string, segmentId: number | undefined, settings: CampaignSettings): Answer<wire.Campaign>
  deleteCampaign(id: string): Answer<undefined>
  getContent(id: string): Answer<wire.Content>
  setContent(id: string, content: { readonly html: string; readonly plain_text?: string }): Answer<wire.Content>
  getChecklist(id: string): Answer<wire.Checklist>
  send(id: string): Answer<undefined>
  sendTest(id: string, emails: readonly string[]): Answer<undefined>
  unschedule(id: string): Answer<undefined>
  /** Points a draft at another part of an audience; an empty object: at all of it. */
  aimCampaign(campaign: wire.Campaign, listId: string, segment: Json): Answer<wire.Campaign>
  getAudience(listId: string): Answer<wire.Audience>
  /** Everybody in it, whatever their status. */
  membersOf(listId: string): Answer<readonly wire.ListedMember[]>
  /** Everybody in a saved segment who is subscribed. */
  segmentMembers(listId: string, segmentId: number): Answer<readonly wire.ListedMember[]>
  /** The static segment of that name among the first 1,000; null: there is none. */
  findSegment(listId: string, name: string): Answer<wire.Segment | null>
  getSegment(listId: string, segmentId: number): Answer<wire.Segment>
  createSegment(listId: string, name: string, emails: readonly string[]): Answer<wire.Segment>
  /** With these people and nobody else. */
  fillSegment(listId: string, segment: wire.Segment, emails: readonly string[]): Answer<wire.Segment>
  deleteSegment(listId: string, segmentId: number): Answer<undefined>
  getMember(listId: string, email: string): Answer<wire.Member>
  /** The same as a list of members shows it. */
  getListedMember(listId: string, email: string): Answer<wire.ListedMember>
  putMember(listId: string, email: string, change: MemberChange): Answer<wire.Member>
  archiveMember(listId: string, email: string): Answer<undefined>
  /** Names of the member's tags. */
  tagsOf(listId: string, email: string): Answer<readonly string[]>
  setTags(listId: string, email: string, tags: Readonly<Record<string, boolean>>): Answer<undefined>
}

export type MailchimpOptions = Omit<WireOptions, 'readRefusal'> & {
  /** With the API's version: `https://us6.api.mailchimp.com/3.0`. */
  readonly baseUrl: string
  readonly secret: { readonly apiKey: string } | { readonly accessToken: string }
}

/** Mailchimp's name of a member: the MD5 of the lower-case address. */
export const memberHash = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex')

const LISTED = [
  'total_items',
  ...['email_address', 'status', 'timestamp_signup', 'timestamp_opt', 'last_changed'].map((name) => `members.${name}`),
]

/**
 * The official client's routes over our transport. Each client is an `ApiClient` of its own: the package's instance is
 * shared by the whole process and would send one workspace's key with another's call.
 */
export function createMailchimp(options: MailchimpOptions): Mailchimp {
  const out = createWire({ ...options, readRefusal })
  const { campaigns, lists } = apiOf(options, out)
  const call = <T>(where: string, schema: z.ZodType<T>, send: () => Promise<unknown>) =>
    attempt(out, where, schema, send)
  return {
    getCampaign: (id) => call('campaign', wire.Campaign, () => campaigns.get(id)),
    async draftsOf(listId) {
      const fields = ['id', 'type', 'status', 'send_time', 'recipients', 'settings'].map((name) => `campaigns.${name}`)
      const read = await call('campaigns', wire.Campaigns, () =>
        campaigns.list({ count: 1000, status: 'save', list_id: listId, fields }),
      )
      return read.ok ? ok(read.value.campaigns) : read
    },
    createCampaign: (listId, segmentId, settings) =>
      call('new campaign', wire.Campaign, () =>
        campaigns.create({
          type: 'regular',
          recipients: {
            list_id: listId,
            ...(segmentId !== undefined && { segment_opts: { saved_segment_id: segmentId } }),
          },
          settings,
        }),
      ),
    deleteCampaign: (id) => call('deleted campaign', wire.Nothing, () => campaigns.remove(id)),
    getContent: (id) => call('campaign content', wire.Content, () => campaigns.getContent(id)),
    setContent: (id, content) => call('campaign content', wire.Content, () => campaigns.setContent(id, content)),
    getChecklist: (id) => call('send checklist', wire.Checklist, () => campaigns.getSendChecklist(id)),
    send: (id) => call('send', wire.Nothing, () => campaigns.send(id)),
    sendTest: (id, emails) =>
      call('test', wire.Nothing, () => campaigns.sendTestEmail(id, { test_emails: emails, send_type: 'html' })),
    unschedule: (id) => call('unschedule', wire.Nothing, () => campaigns.unschedule(id)),
    // The settings as they are: Mailchimp does not take a change without them.
    aimCampaign: ({ id, settings }, listId, segment) =>
      call('campaign', wire.Campaign, () =>
        campaigns.update(id, { settings, recipients: { list_id: listId, segment_opts: segment } }),
      ),
    membersOf: (listId) =>
      allPages((offset) =>
        call('members', wire.MemberPage, () =>
          lists.getListMembersInfo(listId, { count: PAGE, offset, fields: LISTED }),
        ),
      ),
    segmentMembers: (listId, segmentId) =>
      allPages((offset) =>
        call('segment members', wire.MemberPage, () =>
          lists.getSegmentMembersList(listId, segmentId, { count: PAGE, offset, fields: LISTED }),
        ),
      ),
    async findSegment(listId, name) {
      const fields = ['id', 'name', 'member_count'].map((field) => `segments.${field}`)
      const read = await call('segments', wire.Segments, () =>
        lists.listSegments(listId, { type: 'static', count: PAGE, offset: 0, fields }),
      )
      return read.ok ? ok(read.value.segments.find((segment) => segment.name === name) ?? null) : read
    },
    getSegment: (listId, segmentId) => call('segment', wire.Segment, () => lists.getSegment(listId, segmentId, {})),
    createSegment: (listId, name, emails) =>
      call('new segment', wire.Segment, () => lists.createSegment(listId, { name, static_segment: emails })),
    fillSegment: (listId, { id, name }, emails) =>
      call('segment', wire.Segment, () => lists.updateSegment(listId, id, { name, static_segment: emails })),
    deleteSegment: (listId, segmentId) =>
      call('deleted segment', wire.Nothing, () => lists.deleteSegment(listId, segmentId)),
    getAudience: (listId) => call('audience', wire.Audience, () => lists.getList(listId)),
    getMember: (listId, email) => call('member', wire.Member, () => lists.getListMember(listId, memberHash(email))),
    getListedMember: (listId, email) =>
      call('member', wire.ListedMember, () => lists.getListMember(listId, memberHash(email))),
    putMember: (listId, email, { status, merge_fields }) =>
      call('member', wire.Member, () =>
        lists.setListMember(listId, memberHash(email), {
          email_address: email,
          status_if_new: status,
          status,
          ...(merge_fields && { merge_fields }),
        }),
      ),
    archiveMember: (listId, email) =>
      call('archived member', wire.Nothing, () => lists.deleteListMember(listId, memberHash(email))),
    async tagsOf(listId, email) {
      const read = await call('member tags', wire.MemberTags, () =>
        lists.getListMemberTags(listId, memberHash(email), { count: 1000 }),
      )
      return read.ok ? ok(read.value.tags.map((tag) => tag.name)) : read
    },
    setTags: (listId, email, tags) =>
      call('member tags', wire.Nothing, () =>
        lists.updateListMemberTags(listId, memberHash(email), {
          tags: Object.entries(tags).map(([name, active]) => ({ name, status: active ? 'active' : 'inactive' })),
          is_syncing: false,
        }),
      ),
  }
}

/**
 * The client's one transport method is replaced on our instance: its own (superagent) follows redirects of writes,
 * cannot be given a `fetch`, and loses the status of an answer that is not JSON.
 */
function apiOf({ baseUrl, secret }: MailchimpOptions, out: Wire): ApiClient {
  const api = new ApiClient()
  api.basePath = baseUrl
  // Without a server name the client leaves the address as it is.
  api.config = {}
  api.callApi = async (path, httpMethod, pathParams, queryParams, _headers, _form, body) => {
    const query = new URLSearchParams(api.normalizeParams(queryParams)).toString()
    const answer = await out.send({
      method: httpMethod,
      url: `${api.buildUrl(path, pathParams)}${query === '' ? '' : `?${query}`}`,
      headers: {
        authorization: authorizationOf(secret),
        accept: 'application/json, application/problem+json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      writes: httpMethod !== 'GET',
    })
    return { data: answer.text === '' ? null : parsed(answer.text), response: answer.status }
  }
  return api
}

function authorizationOf(secret: MailchimpOptions['secret']): string {
  return 'apiKey' in secret ? `Basic ${btoa(`any:${secret.apiKey}`)}` : `Bearer ${secret.accessToken}`
}
