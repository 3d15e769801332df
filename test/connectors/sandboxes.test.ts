import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { createMailchimpSandbox } from '../../connectors/mailchimp/sandbox.ts'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { pathMatches } from '../../connectors/sandbox-faults.ts'
import { NOW, type Platforms, startPlatforms } from '../support/platforms.ts'

const { campaignId, listId } = MAILCHIMP_SEED
let platforms: Platforms
beforeEach(async () => {
  platforms = await startPlatforms()
})
afterEach(async () => {
  await platforms.close()
})

const KEYS = { hubspot: 'Bearer a-token', mailchimp: `Basic ${btoa('any:a-key')}` }

async function ask(
  platform: 'hubspot' | 'mailchimp',
  method: string,
  path: string,
  body?: object,
  key = KEYS[platform],
) {
  const answer = await fetch(`${platforms.baseUrls[platform]}${path}`, {
    method,
    headers: { authorization: key, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json: unknown = text === '' ? null : JSON.parse(text)
  return { status: answer.status, type: answer.headers.get('content-type'), body: json }
}

describe('HubSpot’s stand-in', () => {
  test.each([
    ['no credentials', 'GET', '/crm/v3/objects/contacts/101', undefined, '', 401, 'INVALID_AUTHENTICATION'],
    ['a missing contact', 'GET', '/crm/v3/objects/contacts/999', undefined, KEYS.hubspot, 404, 'OBJECT_NOT_FOUND'],
    [
      'a taken address',
      'POST',
      '/crm/v3/objects/contacts',
      { properties: { email: 'patient-01@example.com' } },
      KEYS.hubspot,
      409,
      'CONFLICT',
    ],
    [
      'a property it does not know',
      'PATCH',
      '/crm/v3/objects/contacts/101',
      { properties: { shoe_size: '9' } },
      KEYS.hubspot,
      400,
      'VALIDATION_ERROR',
    ],
    [
      'members of a list that fills itself',
      'PUT',
      '/crm/v3/lists/13/memberships/add',
      ['101'],
      KEYS.hubspot,
      400,
      'VALIDATION_ERROR',
    ],
  ])('answers %s in HubSpot’s shape', async (_name, method, path, body, key, status, category) => {
    const answer = await ask('hubspot', method, path, body, key)
    expect(answer).toMatchObject({ status, body: { status: 'error', category, correlationId: expect.any(String) } })
    expect(platforms.hubspot.script.effects).toEqual({})
  })

  it('ignores a step back of the stage without an error', async () => {
    const answer = await ask('hubspot', 'PATCH', '/crm/v3/objects/contacts/103', {
      properties: { lifecyclestage: 'lead' },
    })
    expect(answer).toMatchObject({ status: 200, body: { properties: { lifecyclestage: 'customer' } } })
  })

  it('has 25 contacts', () => {
    expect(Object.keys(platforms.hubspot.state.contacts)).toHaveLength(25)
  })
})

describe('Mailchimp’s stand-in', () => {
  test.each([
    ['no credentials', 'GET', '/ping', undefined, '', 401, 'API Key Invalid'],
    ['a key of nothing', 'GET', '/ping', undefined, `Basic ${btoa('any:')}`, 401, 'API Key Invalid'],
    ['a missing campaign', 'GET', '/campaigns/0000000000', undefined, KEYS.mailchimp, 404, 'Resource Not Found'],
    [
      'taking back no plan',
      'POST',
      `/campaigns/${campaignId}/actions/unschedule`,
      undefined,
      KEYS.mailchimp,
      400,
      'Invalid Resource',
    ],
    [
      'a plan off the quarter hour',
      'POST',
      `/campaigns/${campaignId}/actions/schedule`,
      { schedule_time: '2026-03-02T09:16:00Z' },
      KEYS.mailchimp,
      400,
      'Invalid Resource',
    ],
    [
      'a plan in the past',
      'POST',
      `/campaigns/${campaignId}/actions/schedule`,
      { schedule_time: '2026-01-02T09:15:00Z' },
      KEYS.mailchimp,
      400,
      'Invalid Resource',
    ],
  ])('answers %s in Mailchimp’s shape', async (_name, method, path, body, key, status, title) => {
    const answer = await ask('mailchimp', method, `/3.0${path}`, body, key)
    expect(answer).toMatchObject({ status, body: { status, title, instance: expect.any(String) } })
    expect(answer.type).toContain('application/problem+json')
  })

  it('sends once, and refuses a second send and a deletion while it sends', async () => {
    const send = `/3.0/campaigns/${campaignId}/actions/send`
    expect((await ask('mailchimp', 'POST', send)).status).toBe(204)
    expect((await ask('mailchimp', 'POST', send)).status).toBe(400)
    expect((await ask('mailchimp', 'DELETE', `/3.0/campaigns/${campaignId}`)).status).toBe(405)
    expect(platforms.mailchimp.script.effects).toEqual({ [`campaign.send ${campaignId}`]: 1 })
    expect(platforms.mailchimp.state.campaigns[campaignId]?.emailsSent).toBe(1200)
  })

  it('is the same every time it is made', () => {
    const other = createMailchimpSandbox({ now: () => NOW })
    expect(other.state).toEqual(platforms.mailchimp.state)
    const members = Object.values(other.state.lists[listId]?.members ?? {})
    expect(members.filter((member) => member.status === 'subscribed')).toHaveLength(1200)
    expect(members.every((member) => member.email.endsWith('@example.com'))).toBe(true)
  })
})

describe('a running stand-in', () => {
  const path = `/3.0/campaigns/${campaignId}`

  it('is scripted, read and released over HTTP', async () => {
    await ask('mailchimp', 'POST', '/__sandbox/faults', { path: '*/campaigns/*', fault: { status: 500, body: 'down' } })
    await ask('mailchimp', 'POST', '/__sandbox/faults', { method: 'get', path, fault: 'slow' })
    const one = await fetch(`${platforms.baseUrls.mailchimp}/__sandbox/log`)
    expect(await one.json()).toEqual({ requests: [], effects: {} })
    platforms.mailchimp.script.clear()
    await ask('mailchimp', 'POST', '/__sandbox/faults', { method: 'get', path, fault: 'slow' })
    const waiting = ask('mailchimp', 'GET', path)
    await expect.poll(() => platforms.mailchimp.script.log.length).toBe(1)
    expect((await ask('mailchimp', 'POST', '/__sandbox/release')).status).toBe(204)
    expect((await waiting).status).toBe(200)
    expect(await ask('mailchimp', 'GET', '/__sandbox/log')).toMatchObject({
      body: { requests: [{ method: 'GET', path, status: 200, fault: 'slow' }] },
    })
    expect(await ask('mailchimp', 'GET', '/__sandbox/state')).toMatchObject({
      body: { campaigns: { [campaignId]: {} } },
    })
  })

  it('drops a connection before or after the effect', async () => {
    const test = `${path}/actions/test`
    const body = { test_emails: ['a@example.com'], send_type: 'html' }
    for (const fault of ['lost_before', 'lost_after']) {
      await ask('mailchimp', 'POST', '/__sandbox/faults', { path: test, fault })
      await expect(ask('mailchimp', 'POST', test, body)).rejects.toThrow('fetch failed')
      expect(platforms.mailchimp.state.tests).toHaveLength(fault === 'lost_before' ? 0 : 1)
    }
    expect((await ask('mailchimp', 'POST', test, body)).status).toBe(204)
    expect(platforms.mailchimp.script.log.map((entry) => [entry.status, entry.fault])).toEqual([
      [null, 'lost_before'],
      [null, 'lost_after'],
      [204, null],
    ])
  })

  it('drops it in the same process by failing the call', async () => {
    const { app, script } = createMailchimpSandbox({ now: () => NOW })
    script.queue({ match: () => true, fault: 'lost_after' })
    const call = async () => app.request('/3.0/ping', { headers: { authorization: KEYS.mailchimp } })
    await expect(call()).rejects.toBeTypeOf('symbol')
    expect((await call()).status).toBe(200)
  })

  it('refuses a fault that it does not know', async () => {
    expect((await ask('mailchimp', 'POST', '/__sandbox/faults', { path, fault: 'explode' })).status).toBe(400)
  })
})

test.each([
  ['/a/b', '/a/b', true],
  ['/a/b', '/a/b/c', false],
  ['*/actions/send', '/3.0/campaigns/x/actions/send', true],
  ['/a.b/*', '/aXb/c', false],
])('the pattern %s and the path %s: %s', (pattern, path, expected) => {
  expect(pathMatches(pattern, path)).toBe(expected)
})
