import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { WebhookMessage } from '../../core/ports/webhooks.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const SEND = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const URL_ = 'https://gate.example.com/webhooks/hubspot'
const AT = '2026-03-04T15:00:00.000Z'
/** In Mailchimp's audience, and the contact 101 of HubSpot. */
const PATIENT = 'patient-0002@example.com'
const its = useWorld()

const event = (subscriptionType: string, more: object = {}) => ({
  eventId: 100,
  portalId: 44237313,
  objectId: 101,
  occurredAt: Date.parse(AT),
  subscriptionType,
  ...more,
})
const change = (propertyName: string, propertyValue: string, at = AT, more: object = {}) =>
  event('contact.propertyChange', { propertyName, propertyValue, occurredAt: Date.parse(at), ...more })
const optOut = (propertyValue: 'true' | 'false', at = AT) => change('hs_email_optout', propertyValue, at)

async function address(world: World) {
  const all = value(await world.gate.listConnections(world.owner))
  const { id, webhookKey } = all.find(({ platform }) => platform === 'hubspot') ?? {}
  if (!id || !webhookKey) throw new Error('HubSpot has no address')
  return { platform: 'hubspot', connectionId: id, key: webhookKey }
}

const posted = (...events: object[]): WebhookMessage => ({ url: URL_, headers: {}, body: JSON.stringify(events) })
const hear = async (world: World, ...events: object[]) =>
  value(await world.gate.hearWebhook({ ...(await address(world)), message: posted(...events) }))

function contact(world: World, id = '101') {
  const found = world.hubspot.state.contacts[id]
  if (!found) throw new Error('The seeded contact is gone')
  return found
}

/** As HubSpot has it from then on. */
function set(world: World, optedOut: 'true' | 'false', at = AT) {
  const found = contact(world)
  found.properties.hs_email_optout = optedOut
  ;(found.optOuts ??= []).push({ value: optedOut, timestamp: at })
}

const person = async (world: World, email: string) =>
  value(await world.gate.exportPerson(world.owner, [{ kind: 'email', value: email }]))
const standing = async (world: World, email: string) => (await person(world, email)).standing

/** How many of three people a campaign reaches, this patient among them. */
async function reached(world: World): Promise<number | undefined> {
  const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
  if (!list) throw new Error('The seeded audience is gone')
  list.members = Object.fromEntries(Object.entries(list.members).slice(0, 3))
  await world.approve(await world.propose(SEND))
  await world.settled()
  return world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]?.emailsSent
}

describe('that a contact opted out', () => {
  it('leaves them out of a send on another platform', async () => {
    const { world } = its
    contact(world).properties.email = PATIENT
    set(world, 'true')
    expect(await hear(world, optOut('true'))).toMatchObject({ people: 1, recorded: 1, unread: false })
    expect(await standing(world, PATIENT)).toMatchObject([
      { channel: 'email', standing: 'withdrawn', at: new Date(AT) },
    ])
    expect(await reached(world)).toBe(2)
  })

  it('counts though HubSpot cannot be asked who it is, and finds their address when it is told again', async () => {
    const { world } = its
    contact(world).properties.email = PATIENT
    world.hubspot.script.queue({ match: () => true, fault: 'lost_before' })
    expect(await hear(world, optOut('true'))).toMatchObject({ recorded: 1, unread: true })
    expect(await standing(world, PATIENT)).toEqual([])
    // Made up or too early, as HubSpot has it: it stands all the same.
    expect(await hear(world, optOut('true'))).toMatchObject({ recorded: 0, unread: false })
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('ends the same however often and in whatever order it is told', async () => {
    const { world } = its
    const [at1, at2, at3] = ['2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z']
    contact(world).properties.email = PATIENT
    set(world, 'true', at1)
    set(world, 'false', at2)
    set(world, 'true', at3)
    const events = [optOut('true', at1), optOut('false', at2), optOut('true', at3)]
    for (const order of [events.toReversed(), events, [...events, ...events], events.slice(1)]) {
      await hear(world, ...order)
      world.pass(2000)
    }
    const { consents, identifiers } = await person(world, PATIENT)
    expect(consents.map(({ standing: said, at }) => [said, at.toISOString()])).toEqual([
      ['withdrawn', at1],
      ['withdrawn', at3],
    ])
    expect(identifiers.map(({ kind }) => kind).toSorted()).toEqual(['email', 'platform'])
  })

  it('is not undone by whoever says that they came back', async () => {
    const { world } = its
    contact(world).properties.email = PATIENT
    set(world, 'true')
    await hear(world, optOut('true'))
    await hear(world, optOut('false', '2026-03-04T15:30:00.000Z'))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    contact(world).properties.hs_email_optout = 'false'
    contact(world).optOuts = []
    // Nobody came back from anything, as HubSpot has it: that is no consent.
    await hear(world, optOut('false', '2026-03-04T15:40:00.000Z'))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
  })

  it('is over when they came back, as HubSpot has it', async () => {
    const { world } = its
    contact(world).properties.email = PATIENT
    set(world, 'true', '2026-03-04T14:00:00.000Z')
    await hear(world, optOut('true', '2026-03-04T14:00:00.000Z'))
    set(world, 'false')
    await hear(world, optOut('false', '2026-03-04T23:00:00.000Z'))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'given', at: new Date(AT) }])
  })
})

describe('another address of a contact', () => {
  it('is the same person’s, as HubSpot has it', async () => {
    const { world } = its
    await hear(world, event('contact.creation'))
    set(world, 'true')
    await hear(world, optOut('true'))
    contact(world).properties.email = PATIENT
    await hear(world, change('email', 'made-up@example.com'))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    expect(await standing(world, 'made-up@example.com')).toEqual([])
    expect((await person(world, PATIENT)).identifiers).toHaveLength(3)
  })

  it('whose owner withdrew is not reached by what was agreed for the other', async () => {
    const { world } = its
    await hear(world, event('contact.creation'))
    const said = (email: string, given: 'given' | 'withdrawn', at: string) => ({
      identifiers: [{ kind: 'email' as const, value: email }],
      channel: 'email' as const,
      standing: given,
      source: 'Form',
      at: new Date(at),
    })
    value(
      await world.gate.recordConsents(world.owner, [
        said(PATIENT, 'withdrawn', '2026-02-01T10:00:00.000Z'),
        said('patient-01@example.com', 'given', '2026-02-02T10:00:00.000Z'),
      ]),
    )
    contact(world).properties.email = PATIENT
    expect(await hear(world, change('email', PATIENT))).toMatchObject({ merged: 1 })
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    value(await world.gate.recordConsents(world.owner, [said(PATIENT, 'given', '2026-03-01T10:00:00.000Z')]))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'given' }])
  })
})

describe('an address that an agent gave a contact', () => {
  it('whose owner withdrew is not reached by what the contact agreed to before', async () => {
    const { world } = its
    set(world, 'true', '2026-02-02T10:00:00.000Z')
    set(world, 'false', '2026-02-03T10:00:00.000Z')
    const left = {
      identifiers: [{ kind: 'email' as const, value: PATIENT }],
      channel: 'email' as const,
      source: 'Form',
    }
    value(
      await world.gate.recordConsents(world.owner, [
        { ...left, standing: 'withdrawn', at: new Date('2026-02-01T10:00:00.000Z') },
      ]),
    )
    await world.approve(
      await world.propose({ kind: 'hubspot.contact.update', input: { contactId: '101', email: PATIENT } }),
    )
    await world.settled()
    expect(contact(world).properties.email).toBe(PATIENT)
    await hear(world, change('email', PATIENT))
    expect(await standing(world, PATIENT)).toMatchObject([{ standing: 'withdrawn' }])
    expect(await reached(world)).toBe(2)
  })
})

describe('that a contact had to be forgotten', () => {
  it('keeps every message from every address of theirs', async () => {
    const { world } = its
    contact(world).properties.email = PATIENT
    await hear(world, event('contact.creation'))
    delete world.hubspot.state.contacts['101']
    const gone = event('contact.privacyDeletion')
    await hear(world, gone, event('contact.deletion'))
    const rows = await world.rowCounts()
    await hear(world, gone, gone)
    expect(await world.rowCounts()).toEqual(rows)
    expect((await person(world, PATIENT)).suppressions).toMatchObject([
      { channel: null, reason: 'legal', liftedAt: null },
      { channel: null, reason: 'legal', liftedAt: null },
    ])
    const events = await world.query("select body from ledger_events where type = 'people_suppressed'")
    expect(events).toEqual([{ body: expect.stringContaining('"suppressed":2') }])
    expect(JSON.stringify(events)).not.toContain('example.com')
    expect(await reached(world)).toBe(2)
  })

  it('says nothing of a contact that was only deleted', async () => {
    const { world } = its
    await hear(world, event('contact.creation'))
    const rows = await world.rowCounts()
    await hear(world, event('contact.deletion'))
    expect(await world.rowCounts()).toEqual(rows)
  })
})

describe('what HubSpot signs', () => {
  const SECRET = 'a-client-secret'
  const signed = (message: WebhookMessage, atMs: number, secret = SECRET): WebhookMessage => {
    const text = `POST${message.url}${message.body}${atMs}`
    const mac = createHmac('sha256', secret).update(text).digest('base64')
    return { ...message, headers: { 'x-hubspot-signature-v3': mac, 'x-hubspot-request-timestamp': String(atMs) } }
  }

  it('alone counts, where the connection has the secret and the account', async () => {
    const { world } = its
    const { connectionId } = await address(world)
    const credentials = JSON.stringify({ accessToken: 'a-token', clientSecret: SECRET, portalId: 44237313 })
    value(await world.gate.replaceCredentials(world.admin, connectionId, credentials))
    const call = await address(world)
    const [out, now] = [posted(optOut('true')), world.now().getTime()]
    const rows = await world.rowCounts()
    for (const message of [
      out,
      signed(out, now, 'another'),
      signed(out, now - 301_000),
      signed(out, now + 301_000),
      { ...signed(out, now), url: `${URL_}?` },
    ])
      expect(refusal(await world.gate.hearWebhook({ ...call, message }))).toMatchObject({
        kind: 'not_permitted',
        why: 'This was not signed by HubSpot in the last five minutes with the secret of this connection.',
      })
    const elsewhere = signed(posted({ ...optOut('true'), portalId: 7 }), now)
    expect(refusal(await world.gate.hearWebhook({ ...call, message: elsewhere }))).toMatchObject({ kind: 'malformed' })
    expect(await world.rowCounts()).toEqual(rows)
    expect(value(await world.gate.hearWebhook({ ...call, message: signed(out, now) }))).toMatchObject({ recorded: 1 })
  })

  test.each([
    ['no JSON', 'a-token'],
    ['a secret that is no text', '{"accessToken":"a-token","clientSecret":7}'],
    ['an account that is no number', '{"accessToken":"a-token","portalId":"ours"}'],
  ])('is to be told again while the connection’s own cannot be read: %s', async (_what, credentials) => {
    const { world } = its
    value(await world.gate.replaceCredentials(world.admin, (await address(world)).connectionId, credentials))
    const rows = await world.rowCounts()
    expect(await hear(world, optOut('true'))).toEqual({ people: 0, recorded: 0, merged: 0, unread: true })
    expect(await world.rowCounts()).toEqual(rows)
  })
})

test('what cannot be read writes nothing', async () => {
  const { world } = its
  const rows = await world.rowCounts()
  const message = { ...posted(), body: '[{"subscriptionType":"contact.propertyChange"}]' }
  expect(refusal(await world.gate.hearWebhook({ ...(await address(world)), message }))).toMatchObject({
    kind: 'malformed',
  })
  expect(await world.rowCounts()).toEqual(rows)
})
