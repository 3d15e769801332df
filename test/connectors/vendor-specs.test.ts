import { Hono } from 'hono'
import { describe, expect, it, test } from 'vitest'
import { conforming, hasVendorSpecs, hubspotSpec, mailchimpSpec } from '../support/vendor-specs.ts'

const asking = (method: string, path: string, body?: object) => {
  const url = new URL(path, 'http://platform.example.com')
  const requestBody = body === undefined ? '' : JSON.stringify(body)
  return { method, path: url.pathname, query: url.searchParams, requestBody }
}

describe.runIf(hasVendorSpecs)('the vendors’ descriptions (skipped where ../shared/specs is absent)', () => {
  const [hubspot, mailchimp] = hasVendorSpecs ? [hubspotSpec(), mailchimpSpec()] : []

  test.each([
    ['GET', '/crm/v3/objects/contacts/1?properties=email&properties=phone&idProperty=email', undefined, null],
    ['GET', '/crm/v3/objects/contacts/1?property=email', undefined, /no parameter property/],
    ['GET', '/crm/v3/objects/contacts/1?archived=perhaps', undefined, /archived cannot be perhaps/],
    ['GET', '/crm/v3/objects/contacts/1?archived=true&archived=false', undefined, /given twice/],
    ['POST', '/crm/v3/objects/contacts', { properties: { email: 'a@example.com' } }, null],
    ['POST', '/crm/v3/objects/contacts', { propertys: {} }, /must NOT have additional properties/],
    ['POST', '/crm/v3/objects/contacts', { properties: { email: 5 } }, /must be string/],
    ['POST', '/crm/v3/objects/contacts', undefined, /body is missing/],
    ['DELETE', '/crm/v3/objects/contacts/1', { a: 1 }, /no body is described/],
    ['PUT', '/crm/v3/objects/contacts/1', {}, /not described/],
    ['POST', '/crm/v3/objects/notes', { properties: {}, associations: [{ to: { id: '1' }, types: [] }] }, null],
    [
      'POST',
      '/crm/v3/objects/notes',
      { properties: {}, associations: [{ to: { uid: '1' }, types: [] }] },
      /must have required property 'id'/,
    ],
  ])('HubSpot %s %s %j: %s', (method, path, body, expected) => {
    const says = hubspot?.request(asking(method, path, body)) ?? null
    if (expected === null) expect(says).toBeNull()
    else expect(says).toMatch(expected)
  })

  test.each([
    ['POST', '/3.0/campaigns', { type: 'regular', settings: { subject_line: 'x' } }, null],
    ['POST', '/3.0/campaigns', { type: 'regular', settings: { subject: 'x' } }, /additional properties/],
    ['POST', '/3.0/campaigns', { settings: {} }, /must have required property 'type'/],
    ['POST', '/3.0/campaigns', { type: 'pigeon' }, /must be equal to one of/],
    ['GET', '/3.0/campaigns?status=dreaming', undefined, /status cannot be dreaming/],
    ['GET', '/3.0/campaigns?count=1001', undefined, /count cannot be 1001/],
    ['GET', '/3.0/campaigns?fields=campaigns.id,campaigns.status&count=1000', undefined, null],
    ['GET', '/campaigns', undefined, /not under \/3.0/],
    ['POST', '/3.0/campaigns/x/actions/schedule', { schedule_time: 'tomorrow' }, /date-time/],
  ])('Mailchimp %s %s %j: %s', (method, path, body, expected) => {
    const says = mailchimp?.request(asking(method, path, body)) ?? null
    if (expected === null) expect(says).toBeNull()
    else expect(says).toMatch(expected)
  })

  const contact = {
    id: '1',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    properties: { phone: null },
  }
  test.each([
    ['an answer that fits', 200, contact, null],
    ['a field that is not described', 200, { ...contact, nickname: 'x' }, /additional properties/],
    ['a missing field', 200, { id: '1' }, /required property/],
    ['a success that is not described', 204, undefined, /status 204 is not described/],
    [
      'an error of its shape',
      404,
      { status: 'error', message: 'x', category: 'y', correlationId: '00000000-0000-4000-8000-000000000000' },
      null,
    ],
    ['an error of another', 404, { error: 'x' }, /required property/],
  ])('an answer: %s', (_name, status, body, expected) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const says =
      hubspot?.response(asking('GET', '/crm/v3/objects/contacts/1'), status, 'application/json', text) ?? null
    if (expected === null) expect(says).toBeNull()
    else expect(says).toMatch(expected)
  })

  it('in front of an app keep a wrong request away from it and a wrong answer from the caller', async () => {
    let calls = 0
    const app = new Hono().get('/crm/v3/objects/contacts/:id', (c) => {
      calls += 1
      return c.json({ surprise: true })
    })
    const guarded = conforming(app, hubspot ?? null)
    const ask = (path: string) => guarded.fetch(new Request(`http://platform.example.com${path}`), {})
    expect((await ask('/crm/v3/objects/contacts/1?wrong=1')).status).toBe(422)
    expect(calls).toBe(0)
    expect((await ask('/crm/v3/objects/contacts/1')).status).toBe(422)
    expect(calls).toBe(1)
    expect(guarded.violations.map((violation) => violation.side)).toEqual(['request', 'response'])
  })
})
