import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import { fakeGate } from '../../support/fake-gate.ts'
import { httpApp } from '../../support/http-app.ts'

const URL = 'http://localhost/webhooks/mailchimp/con_1?key=wks_1.secret'
const FORM = 'type=unsubscribe&fired_at=2026-03-04+16%3A00%3A00&data%5Bemail%5D=dana%40example.com'
const MESSAGE = {
  url: 'https://gate.example.com/webhooks/mailchimp/con_1?key=wks_1.secret',
  headers: {},
  body: FORM,
}
const post = (body: string, url = URL) =>
  new Request(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

describe('the door for what Mailchimp tells', () => {
  it('hands on the form as it came, and answers nothing', async () => {
    const { app, gate } = httpApp()
    const answer = await app.request(post(FORM))
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(gate.calls).toEqual([
      {
        verb: 'hearWebhook',
        args: [{ platform: 'mailchimp', connectionId: 'con_1', key: 'wks_1.secret', message: MESSAGE }],
      },
    ])
  })

  it('answers the look that Mailchimp takes before', async () => {
    const { app, gate } = httpApp()
    expect((await app.request(new Request(URL))).status).toBe(204)
    expect(gate.calls).toEqual([
      {
        verb: 'hearWebhook',
        args: [{ platform: 'mailchimp', connectionId: 'con_1', key: 'wks_1.secret', message: null }],
      },
    ])
  })

  it('hands on what Mailchimp signed, and nothing else of the request', async () => {
    const { app, gate } = httpApp()
    const request = post(FORM)
    request.headers.set('X-Mailchimp-Signature', 't=1,v1=00')
    await app.request(request)
    expect(gate.calls).toMatchObject([
      { args: [{ message: { ...MESSAGE, headers: { 'x-mailchimp-signature': 't=1,v1=00' } } }] },
    ])
  })

  it('asks to be told again what could not be read', async () => {
    const unread = { people: 0, recorded: 0, merged: 0, unread: true }
    const { app } = httpApp({ gate: fakeGate({ hearWebhook: () => Promise.resolve(ok(unread)) }) })
    expect((await app.request(post(FORM))).status).toBe(503)
  })

  it('does not know an address that is not ours, of whatever shape', async () => {
    const gate = fakeGate({ hearWebhook: () => Promise.resolve(err({ kind: 'not_found', what: 'this address' })) })
    const { app } = httpApp({ gate })
    for (const url of [URL, URL.replace('con_1', 'x'), URL.replace('mailchimp', 'hubspot')])
      expect((await app.request(post(FORM, url))).status).toBe(404)
    expect((await app.request(post(FORM, URL.split('?')[0]))).status).toBe(400)
  })

  it('takes no more than such a form needs', async () => {
    const { app, gate } = httpApp()
    const answer = await app.request(post('x'.repeat(64 * 1024 + 1)))
    expect(answer.status).toBe(413)
    expect(gate.calls).toEqual([])
  })
})
