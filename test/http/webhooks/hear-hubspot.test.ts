import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { httpApp } from '../../support/http-app.ts'

const URL = 'http://localhost/webhooks/hubspot/con_1?key=wks_1.secret'
const BODY = '[{"subscriptionType":"contact.creation"}]'
const SIGNED = { 'X-HubSpot-Signature-v3': 'a-signature', 'X-HubSpot-Request-Timestamp': '1700000300000' }
const post = (body: string, url = URL) =>
  new Request(url, { method: 'POST', body, headers: { 'content-type': 'application/json', cookie: 'a=1', ...SIGNED } })

describe('the door for what HubSpot tells', () => {
  it('hands on the events as they came, with what HubSpot signed them with and the address that it called', async () => {
    const { app, gate } = httpApp()
    const answer = await app.request(post(BODY))
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    const message = {
      url: 'https://gate.example.com/webhooks/hubspot/con_1?key=wks_1.secret',
      headers: { 'x-hubspot-signature-v3': 'a-signature', 'x-hubspot-request-timestamp': '1700000300000' },
      body: BODY,
    }
    expect(gate.calls).toEqual([
      {
        verb: 'hearWebhook',
        args: [{ platform: 'hubspot', connectionId: 'con_1', key: 'wks_1.secret', message }],
      },
    ])
  })

  it('asks to be told again what could not be read', async () => {
    const unread = { people: 0, recorded: 0, merged: 0, unread: true }
    const { app } = httpApp({ gate: fakeGate({ hearWebhook: () => Promise.resolve(ok(unread)) }) })
    expect((await app.request(post(BODY))).status).toBe(503)
  })

  it('refuses what was not signed', async () => {
    const why = 'This was not signed.'
    const gate = fakeGate({ hearWebhook: () => Promise.resolve(err({ kind: 'not_permitted', why })) })
    const { app, logged } = httpApp({ gate })
    expect((await app.request(post(BODY))).status).toBe(403)
    expect(logged).toEqual([])
  })

  it('does not know an address that is not ours, of whatever shape', async () => {
    const gate = fakeGate({ hearWebhook: () => Promise.resolve(err({ kind: 'not_found', what: 'this address' })) })
    const { app } = httpApp({ gate })
    for (const url of [URL, URL.replace('con_1', 'x')]) expect((await app.request(post(BODY, url))).status).toBe(404)
    expect((await app.request(post(BODY, URL.split('?')[0]))).status).toBe(400)
    expect((await app.request(new Request(URL))).status).toBe(405)
  })

  it('takes no more than a hundred events need', async () => {
    const { app, gate } = httpApp()
    expect((await app.request(post('x'.repeat(1024 * 1024 + 1)))).status).toBe(413)
    expect(gate.calls).toEqual([])
  })
})
