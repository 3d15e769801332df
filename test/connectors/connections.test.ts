import { expect, test } from 'vitest'
import type { Fetch } from '../../connectors/http.ts'
import { kindOf, sessionFor } from '../support/platforms.ts'

type Seen = { url: string; authorization: string | null; redirect: string | undefined }

async function firstRequest(kindId: string, credentials: string, baseUrl?: string): Promise<Seen> {
  const seen: Seen[] = []
  const fetch: Fetch = async (url, init) => {
    seen.push({ url, authorization: new Headers(init.headers).get('authorization'), redirect: init.redirect })
    return new Response('{}', { status: 401 })
  }
  const kind = kindOf(kindId)
  const session = sessionFor(kind, { fetch, baseUrls: { [kind.platform]: baseUrl } }, credentials)
  const input = kind.platform === 'hubspot' ? { contactId: '101', stage: 'lead' } : { campaignId: 'a1b2c3d4e5' }
  expect(await kind.beforeState(input, session)).toEqual({ ok: false, error: { kind: 'auth_expired' } })
  expect(seen).toHaveLength(1)
  return seen[0] ?? { url: '', authorization: null, redirect: undefined }
}

const [HUBSPOT, MAILCHIMP] = ['hubspot.contact.set_stage', 'mailchimp.campaign.send']

test.each([
  [HUBSPOT, '{"accessToken":"t1"}', undefined, 'https://api.hubapi.com/crm/v3/objects/contacts/101', 'Bearer t1'],
  [
    HUBSPOT,
    '{"accessToken":"t1"}',
    'http://127.0.0.1:9/',
    'http://127.0.0.1:9/crm/v3/objects/contacts/101',
    'Bearer t1',
  ],
  [
    MAILCHIMP,
    '{"apiKey":"k-us6","server":"us6"}',
    undefined,
    'https://us6.api.mailchimp.com/3.0/campaigns/a1b2c3d4e5',
    `Basic ${btoa('any:k-us6')}`,
  ],
  [
    MAILCHIMP,
    '{"apiKey":"k-us21"}',
    undefined,
    'https://us21.api.mailchimp.com/3.0/campaigns/a1b2c3d4e5',
    `Basic ${btoa('any:k-us21')}`,
  ],
  [
    MAILCHIMP,
    '{"accessToken":"t2","server":"us6"}',
    undefined,
    'https://us6.api.mailchimp.com/3.0/campaigns/a1b2c3d4e5',
    'Bearer t2',
  ],
  [
    MAILCHIMP,
    '{"accessToken":"t2","server":"us6"}',
    'http://127.0.0.1:9',
    'http://127.0.0.1:9/3.0/campaigns/a1b2c3d4e5',
    'Bearer t2',
  ],
  [
    MAILCHIMP,
    '{"accessToken":"t2","server":"us6"}',
    'http://127.0.0.1:9/3.0',
    'http://127.0.0.1:9/3.0/campaigns/a1b2c3d4e5',
    'Bearer t2',
  ],
])(
  '%s with %s and base %s goes to its address with its key',
  async (kind, credentials, baseUrl, url, authorization) => {
    const seen = await firstRequest(kind, credentials, baseUrl)
    expect(seen.url.split('?')[0]).toBe(url)
    expect(seen.authorization).toBe(authorization)
    expect(seen.redirect).toBe('manual')
  },
)

test('two connections of one platform never share a key', async () => {
  const [one, other] = await Promise.all([
    firstRequest(MAILCHIMP, '{"apiKey":"one-us1"}'),
    firstRequest(MAILCHIMP, '{"apiKey":"other-us2"}'),
  ])
  expect([one.authorization, other.authorization]).toEqual([
    `Basic ${btoa('any:one-us1')}`,
    `Basic ${btoa('any:other-us2')}`,
  ])
  expect(new URL(one.url).host).toBe('us1.api.mailchimp.com')
  expect(new URL(other.url).host).toBe('us2.api.mailchimp.com')
})

test.each([
  [HUBSPOT, 'not JSON', 'nonsense'],
  [HUBSPOT, 'without a token', '{"accessToken":""}'],
  [MAILCHIMP, 'of another shape', '{"password":"x"}'],
  [MAILCHIMP, 'naming a server that is none', '{"accessToken":"t","server":"evil.example.com/"}'],
])('%s with credentials %s sends nothing', async (kindId, _name, credentials) => {
  let calls = 0
  const fetch: Fetch = async () => {
    calls += 1
    return new Response('{}')
  }
  const kind = kindOf(kindId)
  const input = kind.platform === 'hubspot' ? { contactId: '101', stage: 'lead' } : { campaignId: 'a1b2c3d4e5' }
  const result = await kind.preflight(input, sessionFor(kind, { fetch }, credentials))
  expect(result).toEqual({ ok: false, error: { kind: 'auth_expired' } })
  expect(calls).toBe(0)
})

test('a session of another platform is a bug', () => {
  const session = sessionFor(kindOf(HUBSPOT), { fetch: globalThis.fetch })
  expect(() => kindOf(MAILCHIMP).beforeState({ campaignId: 'a1b2c3d4e5' }, session)).toThrow('session of hubspot')
})
