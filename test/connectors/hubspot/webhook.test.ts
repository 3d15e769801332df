import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readHubSpotMessage, readHubSpotWebhook } from '../../../connectors/hubspot/webhook.ts'

const AT = new Date('2026-03-04T16:00:00.000Z')
/** As HubSpot's pages show one. */
const event = (subscriptionType: string, more: object = {}) => ({
  eventId: 100,
  subscriptionId: 2902227,
  portalId: 44237313,
  appId: 4210286,
  occurredAt: AT.getTime(),
  subscriptionType,
  attemptNumber: 0,
  objectId: 501,
  changeSource: 'CRM',
  ...more,
})
const change = (propertyName: string, propertyValue: unknown, more: object = {}) =>
  event('contact.propertyChange', { propertyName, propertyValue, ...more })
const message = (...events: unknown[]) => JSON.stringify(events)

const identifiers = [{ kind: 'platform', value: 'hubspot:501' }]
const withdrew = { kind: 'withdrew', identifiers, channel: 'email', at: AT, source: 'HubSpot' }
const forgotten = { kind: 'forgotten', identifiers }

describe('what HubSpot tells', () => {
  test.each<[string, object, object]>([
    ['that somebody opted out', change('hs_email_optout', 'true'), { told: [withdrew], toRead: ['501'] }],
    ['the same as a yes', change('hs_email_optout', true), { told: [withdrew], toRead: ['501'] }],
    ['that somebody came back', change('hs_email_optout', 'false'), { toRead: ['501'] }],
    ['something that it keeps to itself', change('hs_email_optout', 'REDACTED'), { toRead: ['501'] }],
    ['that it is not known any more', change('hs_email_optout', null), { toRead: ['501'] }],
    ['another address', change('email', 'd@example.org'), { toRead: ['501'] }],
    ['another name: nothing', change('firstname', 'Dana'), {}],
    ['a new contact', event('contact.creation', { changeFlag: 'NEW' }), { toRead: ['501'] }],
    ['one that is there again', event('contact.restore'), { toRead: ['501'] }],
    ['one that had to be forgotten', event('contact.privacyDeletion'), { told: [forgotten] }],
    ['one that was deleted: nothing', event('contact.deletion'), {}],
    [
      'a company: nothing',
      event('company.propertyChange', { propertyName: 'hs_email_optout', propertyValue: 'true' }),
      {},
    ],
    [
      'the newer form',
      change('hs_email_optout', 'true', { subscriptionType: 'object.propertyChange', objectTypeId: '0-1' }),
      { told: [withdrew], toRead: ['501'] },
    ],
    [
      'the newer form of a company: nothing',
      change('hs_email_optout', 'true', { subscriptionType: 'object.propertyChange', objectTypeId: '0-2' }),
      {},
    ],
    ['a number as text', change('email', 'x', { objectId: '501' }), { toRead: ['501'] }],
  ])('%s', (_what, one, news) => {
    expect(readHubSpotMessage(message(one), null)).toEqual({ ok: true, value: { told: [], toRead: [], ...news } })
  })

  it('is each of several, and each contact is asked about once', () => {
    const read = readHubSpotMessage(
      message(change('email', 'x'), change('hs_email_optout', 'true'), change('email', 'y', { objectId: 502 })),
      '44237313',
    )
    expect(read).toEqual({ ok: true, value: { told: [withdrew], toRead: ['501', '502'] } })
  })

  test.each<[string, unknown]>([
    ['without a contact', { ...change('hs_email_optout', 'true'), objectId: undefined }],
    ['of a contact below nought', change('hs_email_optout', 'true', { objectId: -1 })],
    ['of a contact that leads elsewhere', change('hs_email_optout', 'true', { objectId: '../501' })],
    ['without a time', { ...change('hs_email_optout', 'true'), occurredAt: undefined }],
    ['of a time that there is not', change('hs_email_optout', 'true', { occurredAt: 1e300 })],
    ['of a time before all', change('hs_email_optout', 'true', { occurredAt: -1 })],
    ['that is nothing', null],
    ['that is a list', [change('hs_email_optout', 'true')]],
  ])('an event %s does not keep the others from counting', (_what, one) => {
    expect(readHubSpotMessage(message(one, change('hs_email_optout', 'true')), null)).toEqual({
      ok: true,
      value: { told: [withdrew], toRead: ['501'] },
    })
    expect(readHubSpotMessage(message(one), null)).toMatchObject({ ok: false })
  })
})

describe('of which account', () => {
  const ours = change('hs_email_optout', 'true')
  const theirs = change('hs_email_optout', 'true', { portalId: 7, objectId: 777 })
  test.each<[string, object[], string | null, RegExp | null]>([
    ['ours, which is known', [ours], '44237313', null],
    ['another one beside ours is left out', [theirs, ours], '44237313', null],
    ['another one alone', [theirs], '44237313', /another HubSpot account/],
    ['two of which none is known to be ours', [theirs, ours], null, /several HubSpot accounts/],
  ])('%s', (_what, events, portalId, says) => {
    const read = readHubSpotMessage(message(...events), portalId)
    expect(read.ok ? read.value : read.error).toEqual(
      says === null ? { told: [withdrew], toRead: ['501'] } : expect.stringMatching(says),
    )
  })
})

describe('what it does not tell', () => {
  test.each([
    ['nothing', ''],
    ['an object', JSON.stringify(change('hs_email_optout', 'true'))],
    ['an empty list', '[]'],
    ['a text', '"unsubscribe"'],
    ['a broken list', '[{'],
    ['more events than HubSpot sends', message(...Array.from({ length: 101 }, () => change('email', 'x')))],
    ['a list in lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a form', 'type=unsubscribe'],
    ['something of the language', '[{"__proto__":{"subscriptionType":"contact.privacyDeletion"}}]'],
  ])('%s is refused', (_what, body) => {
    expect(readHubSpotMessage(body, null)).toEqual({ ok: false, error: expect.stringContaining('HubSpot') })
  })

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        const read = readHubSpotMessage(JSON.stringify([given]), null)
        expect(read.ok && read.value.told.length > 0).toBe(false)
      }),
    )
  })
})

describe('where the connection has a client secret', () => {
  const credentials = { accessToken: 'a-token', clientSecret: 'a-secret' }
  const posted = { url: 'https://gate.example.com/x', headers: {}, body: message(change('hs_email_optout', 'true')) }
  it('what is not signed is refused, and without one it is read', () => {
    expect(readHubSpotWebhook(posted, credentials, AT)).toEqual({ ok: false, error: { kind: 'unsigned' } })
    expect(readHubSpotWebhook(posted, { accessToken: 'a-token' }, AT)).toMatchObject({
      ok: true,
      value: { told: [withdrew] },
    })
    expect(readHubSpotWebhook({ ...posted, body: '{}' }, {}, AT)).toMatchObject({ error: { kind: 'unreadable' } })
  })

  it('nothing is read where nobody knows whether there is one', () => {
    for (const unread of [undefined, [], { clientSecret: null }, { portalId: 'ours' }])
      expect(readHubSpotWebhook(posted, unread, AT)).toEqual({ ok: false, error: { kind: 'unverifiable' } })
  })
})
