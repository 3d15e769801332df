import * as associations from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js'
import * as contacts from '@hubspot/api-client/lib/codegen/crm/contacts/index.js'
import * as lists from '@hubspot/api-client/lib/codegen/crm/lists/index.js'
import * as objects from '@hubspot/api-client/lib/codegen/crm/objects/index.js'
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/AssociationSpec.js'
import type { Answer } from '../define.ts'
import { attempt, type Wire, type WireOptions, createWire, parsed, urlOf } from '../http.ts'
import { readRefusal } from './errors.ts'
import * as wire from './wire.ts'

/** HubSpot's type id of contacts in lists. */
const CONTACT_TYPE = '0-1'

/** HubSpot gives fewer records at once where their history is asked for. */
const MOST_WITH_HISTORY = 50

export type Engagement = 'notes' | 'tasks'
/** HubSpot's own association types, from the engagement to the contact. */
const TO_CONTACT: Readonly<Record<Engagement, number>> = { notes: 202, tasks: 204 }

type Properties = Readonly<Record<string, string>>

/** What our kinds need of HubSpot. One deadline over all calls; nothing is retried. */
export type HubSpot = {
  /** The time that goes on new notes. */
  now(): Date
  getContact(id: string, properties: readonly string[], by?: 'email'): Answer<wire.CrmRecord>
  /** Those of these contacts (100 at most) that there are, with all that the named properties were. */
  pastContacts(ids: readonly string[], properties: readonly string[]): Answer<readonly wire.PastContact[]>
  createContact(properties: Properties): Answer<wire.CrmRecord>
  updateContact(id: string, properties: Properties): Answer<wire.CrmRecord>
  archiveContact(id: string): Answer<undefined>
  createEngagement(type: Engagement, contactId: string, properties: Properties): Answer<wire.CrmRecord>
  getEngagement(type: Engagement, id: string, properties: readonly string[]): Answer<wire.CrmRecord>
  archiveEngagement(type: Engagement, id: string): Answer<undefined>
  /** Ids of the notes or tasks of a contact, page by page; the first 2,000. */
  engagementsOf(type: Engagement, contactId: string): Answer<readonly string[]>
  readEngagements(
    type: Engagement,
    ids: readonly string[],
    properties: readonly string[],
  ): Answer<readonly wire.CrmRecord[]>
  getList(id: string): Answer<wire.List['list']>
  /** Which of these contacts are on the list. */
  membersAmong(listId: string, contactIds: readonly string[]): Answer<readonly string[]>
  addToList(listId: string, contactIds: readonly string[]): Answer<readonly string[]>
  removeFromList(listId: string, contactIds: readonly string[]): Answer<readonly string[]>
}

export type HubSpotOptions = Omit<WireOptions, 'readRefusal'> & {
  readonly baseUrl: string
  readonly accessToken: string
}

/**
 * The official client's API classes over our transport (their `httpApi` option), so that one deadline, no retry and no
 * redirect hold for every call. The classes are used without the SDK's `Client`, whose retry decorators are shared by
 * the whole process.
 */
export function createHubSpot(options: HubSpotOptions): HubSpot {
  const out = createWire({ ...options, readRefusal })
  const api = apisOf(options, out)
  const call = <T>(where: string, schema: Parameters<typeof attempt<T>>[2], send: () => Promise<unknown>) =>
    attempt(out, where, schema, send)
  return {
    now: () => new Date(options.now()),
    getContact: (id, properties, by) =>
      call('contact', wire.CrmRecord, () =>
        api.contacts.getById(id, [...properties], undefined, undefined, undefined, by),
      ),
    async pastContacts(ids, properties) {
      const found: wire.PastContact[] = []
      for (let from = 0; from < ids.length; from += MOST_WITH_HISTORY) {
        const read = await call('contacts', wire.PastContacts, () =>
          api.batch.read('contacts', {
            inputs: ids.slice(from, from + MOST_WITH_HISTORY).map((id) => ({ id })),
            properties: [...properties],
            propertiesWithHistory: [...properties],
          }),
        )
        if (!read.ok) return read
        found.push(...read.value.results)
      }
      return { ok: true, value: found }
    },
    createContact: (properties) =>
      call('new contact', wire.CrmRecord, () => api.contacts.create({ properties: { ...properties } })),
    updateContact: (id, properties) =>
      call('contact', wire.CrmRecord, () => api.contacts.update(id, { properties: { ...properties } })),
    archiveContact: (id) => call('archived contact', wire.Nothing, () => api.contacts.archive(id)),
    createEngagement: (type, contactId, properties) =>
      call('new record', wire.CrmRecord, () =>
        api.objects.create(type, { properties: { ...properties }, associations: [toContact(type, contactId)] }),
      ),
    getEngagement: (type, id, properties) =>
      call('record', wire.CrmRecord, () => api.objects.getById(type, id, [...properties])),
    archiveEngagement: (type, id) => call('archived record', wire.Nothing, () => api.objects.archive(type, id)),
    engagementsOf: (type, contactId) => pages(type, contactId, api.associations, out),
    async readEngagements(type, ids, properties) {
      if (ids.length === 0) return { ok: true, value: [] }
      const input = { inputs: ids.map((id) => ({ id })), properties: [...properties], propertiesWithHistory: [] }
      const read = await call('records', wire.BatchRead, () => api.batch.read(type, input))
      return read.ok ? { ok: true, value: read.value.results } : read
    },
    async getList(id) {
      const read = await call('list', wire.List, () => api.lists.getById(id))
      return read.ok ? { ok: true, value: read.value.list } : read
    },
    membersAmong: (listId, contactIds) => membersAmong(options, out, listId, contactIds),
    async addToList(listId, contactIds) {
      const sent = await call('list members', wire.MembershipsUpdate, () => api.members.add(listId, [...contactIds]))
      if (!sent.ok) return sent
      // Not only those added now: a repeat after a lost answer adds nobody, and they are on the list all the same.
      const { recordIdsMissing } = sent.value
      return { ok: true, value: contactIds.filter((id) => !recordIdsMissing.includes(id)) }
    },
    async removeFromList(listId, contactIds) {
      const sent = await call('list members', wire.MembershipsUpdate, () => api.members.remove(listId, [...contactIds]))
      return sent.ok ? { ok: true, value: sent.value.recordIdsRemoved } : sent
    },
  }
}

const toContact = (type: Engagement, contactId: string) => ({
  to: { id: contactId },
  types: [
    {
      associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined,
      associationTypeId: TO_CONTACT[type],
    },
  ],
})

function apisOf({ baseUrl, accessToken }: HubSpotOptions, out: Wire) {
  const authMethods = { oauth2: { accessToken } }
  const contactsConfig = contacts.createConfiguration({
    baseServer: new contacts.ServerConfiguration(baseUrl, {}),
    httpApi: contacts.wrapHttpLibrary({ send: async (r) => answered(contacts.ResponseContext, await send(out, r)) }),
    authMethods,
  })
  const listsConfig = lists.createConfiguration({
    baseServer: new lists.ServerConfiguration(baseUrl, {}),
    httpApi: lists.wrapHttpLibrary({ send: async (r) => answered(lists.ResponseContext, await send(out, r)) }),
    authMethods,
  })
  const objectsConfig = objects.createConfiguration({
    baseServer: new objects.ServerConfiguration(baseUrl, {}),
    httpApi: objects.wrapHttpLibrary({ send: async (r) => answered(objects.ResponseContext, await send(out, r)) }),
    authMethods,
  })
  const associationsConfig = associations.createConfiguration({
    baseServer: new associations.ServerConfiguration(baseUrl, {}),
    httpApi: associations.wrapHttpLibrary({
      send: async (r) => answered(associations.ResponseContext, await send(out, r)),
    }),
    authMethods,
  })
  return {
    contacts: new contacts.BasicApi(contactsConfig),
    lists: new lists.ListsApi(listsConfig),
    members: new lists.MembershipsApi(listsConfig),
    objects: new objects.BasicApi(objectsConfig),
    batch: new objects.BatchApi(objectsConfig),
    associations: new associations.BasicApi(associationsConfig),
  }
}

/** A request as every one of the generated groups makes it. */
type SdkRequest = {
  getUrl(): string
  getHttpMethod(): string
  getHeaders(): Record<string, string>
  getBody(): unknown
}

function send(out: Wire, request: SdkRequest) {
  const method = request.getHttpMethod()
  const body = request.getBody()
  const url = request.getUrl()
  return out.send({
    method,
    url,
    headers: request.getHeaders(),
    ...(typeof body === 'string' && { body }),
    writes: method !== 'GET' && !/\/(search|batch\/read)$/.test(url),
  })
}

type SdkBody = { text(): Promise<string>; binary(): Promise<Buffer> }

/** Wraps an answer for the generated code; the group's own class, because the types differ by group. */
function answered<Context>(
  ResponseContext: new (status: number, headers: Record<string, string>, body: SdkBody) => Context,
  answer: Awaited<ReturnType<Wire['send']>>,
): Context {
  return new ResponseContext(
    answer.status,
    { ...answer.headers },
    {
      text: () => Promise.resolve(answer.text),
      binary: () => Promise.resolve(Buffer.from(answer.text)),
    },
  )
}

/** Four pages: a contact with more notes than that is read as far as that. */
const MOST_PAGES = 4
const PAGE = 500

async function pages(
  type: Engagement,
  contactId: string,
  api: associations.BasicApi,
  out: Wire,
): ReturnType<HubSpot['engagementsOf']> {
  const ids: string[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const from = after
    const read = await attempt(out, 'associations', wire.Associated, () =>
      api.getPage('contacts', contactId, type, from, PAGE),
    )
    if (!read.ok) return read
    ids.push(...read.value.results.map((found) => found.toObjectId))
    after = read.value.paging?.next?.after
    if (after === undefined) break
  }
  return { ok: true, value: ids }
}

/** The official client describes this call but does not offer it; sent as its own code would. */
async function membersAmong(
  { baseUrl, accessToken }: HubSpotOptions,
  out: Wire,
  listId: string,
  contactIds: readonly string[],
): ReturnType<HubSpot['membersAmong']> {
  const read = await attempt(out, 'list members', wire.RecordMemberships, async () => {
    const answer = await out.send({
      method: 'POST',
      url: urlOf(baseUrl, ['crm', 'v3', 'lists', 'records', 'memberships', 'batch', 'read']),
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: contactIds.map((recordId) => ({ objectTypeId: CONTACT_TYPE, recordId })) }),
      writes: false,
    })
    return parsed(answer.text)
  })
  if (!read.ok) return read
  const on = read.value.results.filter((record) => record.recordListMemberships.some((list) => list.listId === listId))
  return { ok: true, value: on.map((record) => record.recordId) }
}
