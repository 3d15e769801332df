import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { contactOf } from '../../../connectors/hubspot/read-contacts.ts'
import { createWebhooks } from '../../../connectors/registry.ts'
import type { Platforms } from '../../support/platforms.ts'
import { kindOf, NOW, startPlatforms } from '../../support/platforms.ts'

const [T1, T2, T3] = ['2026-01-01T10:00:00.000Z', '2026-01-02T10:00:00.000Z', '2026-01-03T10:00:00.000Z']
const since = (...values: [string | null, string][]) =>
  values.map(([value, at]) => ({ value, timestamp: new Date(at) }))
const past = (...values: [string | null, string][]) => ({
  hs_email_optout: since(...values),
})
const T0 = '2025-12-01T10:00:00.000Z'
type Past = Record<string, { value: string | null; timestamp: Date }[]>
const contact = (optedOut: string | null, history: Past = {}, emails: Past[string] = since(['dana@example.com', T0])) =>
  contactOf({
    id: '501',
    properties: { email: 'dana@example.com', hs_email_optout: optedOut },
    propertiesWithHistory: { email: emails, ...history },
  })

describe('what HubSpot says of a contact', () => {
  test.each<[string, ReturnType<typeof contact>, string, string | null]>([
    ['who never said anything', contact(null), 'unknown', null],
    ['who was never opted out, though it was written down', contact('false', past(['false', T1])), 'unknown', null],
    ['who opted out', contact('true', past(['true', T2], ['false', T1])), 'unsubscribed', T2],
    ['who opted out, nobody knows when', contact('true'), 'unsubscribed', null],
    ['who opted out, with a past that says otherwise', contact('true', past(['false', T2])), 'unsubscribed', null],
    ['who came back', contact('false', past(['false', T3], ['true', T2])), 'subscribed', T3],
    ['who came back, in another order', contact('false', past(['true', T2], ['false', T3])), 'subscribed', T3],
    [
      'whose coming back was written twice',
      contact('false', past(['false', T3], ['false', T2], ['true', T1])),
      'subscribed',
      T2,
    ],
    ['whose opting out was only cleared', contact(null, past([null, T3], ['true', T2])), 'unknown', null],
    ['who is back with a past that says otherwise', contact('false', past(['true', T2])), 'unknown', null],
  ])('%s', (_what, read, says, since) => {
    expect(read).toEqual({
      identifiers: [
        { kind: 'platform', value: 'hubspot:501' },
        { kind: 'email', value: 'dana@example.com' },
      ],
      says,
      since: since === null ? null : new Date(since),
    })
  })

  const OTHER = 'other@example.com'
  const HERS = 'dana@example.com'
  test.each<[string, [string | null, string][], string]>([
    ['the same, in other letters', [['Dana@Example.com ', T0]], 'subscribed'],
    [
      'another before',
      [
        [HERS, T1],
        [OTHER, T0],
      ],
      'subscribed',
    ],
    [
      'the same again since',
      [
        [HERS, '2026-02-02T10:00:00.000Z'],
        [OTHER, '2026-02-01T10:00:00.000Z'],
        [HERS, T0],
      ],
      'subscribed',
    ],
    [
      'another',
      [
        ['dana@example.com', '2026-02-01T10:00:00.000Z'],
        [OTHER, T0],
      ],
      'unknown',
    ],
    [
      'another, in another order',
      [
        [OTHER, T0],
        [HERS, '2026-02-01T10:00:00.000Z'],
      ],
      'unknown',
    ],
    [
      'another until that very moment',
      [
        [HERS, T3],
        [OTHER, T0],
      ],
      'unknown',
    ],
    ['none until then', [[HERS, T3]], 'unknown'],
    [
      'none just then',
      [
        [HERS, '2026-02-01T10:00:00.000Z'],
        [null, T2],
        [HERS, T0],
      ],
      'unknown',
    ],
    ['nobody knows which', [], 'unknown'],
  ])('who came back had the address then: %s', (_which, emails, says) => {
    const read = contact('false', past(['false', T3], ['true', T2]), since(...emails))
    expect(read).toMatchObject({ says, since: says === 'subscribed' ? new Date(T3) : null })
  })

  it('who came back without an address agreed for none', () => {
    const read = contactOf({
      id: '501',
      properties: { email: null, hs_email_optout: 'false' },
      propertiesWithHistory: past(['false', T3], ['true', T2]),
    })
    expect(read).toMatchObject({ says: 'unknown', since: null })
  })

  it('without an address is known by the number alone', () => {
    const read = contactOf({ id: '501', properties: { email: null }, propertiesWithHistory: {} })
    expect(read.identifiers).toEqual([{ kind: 'platform', value: 'hubspot:501' }])
  })
})

describe('asking HubSpot', () => {
  let platforms: Platforms
  beforeEach(async () => {
    platforms = await startPlatforms()
  })
  afterEach(async () => {
    await platforms.close()
  })

  const about = (ids: readonly number[]) => {
    const one = (objectId: number) => ({
      subscriptionType: 'contact.creation',
      portalId: 1,
      objectId,
      occurredAt: NOW.getTime(),
    })
    const body = JSON.stringify(ids.map(one))
    const news = createWebhooks().read('hubspot', { url: '', headers: {}, body }, '{}', NOW)
    return news.ok ? (news.value.readBack?.(platforms.session(kindOf('hubspot.contact.update'))) ?? null) : null
  }

  it('is one look for up to 50 contacts; those that are gone are left out', async () => {
    const found = platforms.hubspot.state.contacts['101']
    if (!found) throw new Error('The seeded contact is gone')
    found.properties.hs_email_optout = 'true'
    found.optOuts = [{ value: 'true', timestamp: T2 }]
    expect(await about([101, 999])).toEqual({
      ok: true,
      value: [
        {
          identifiers: [
            { kind: 'platform', value: 'hubspot:101' },
            { kind: 'email', value: 'patient-01@example.com' },
          ],
          says: 'unsubscribed',
          since: new Date(T2),
        },
      ],
    })
    await about(Array.from({ length: 100 }, (_, place) => 1000 + place))
    expect(platforms.hubspot.script.log.map(({ path, status }) => [path, status])).toEqual(
      Array.from({ length: 3 }, () => ['/crm/v3/objects/contacts/batch/read', 200]),
    )
  })

  it('tells why where it cannot', async () => {
    platforms.hubspot.script.queue({ match: () => true, fault: 'lost_before' })
    expect(await about([101])).toEqual({ ok: false, error: { kind: 'unavailable' } })
  })
})
