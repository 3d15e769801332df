import { describe, expect, it, test, vi } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { PROBLEMS } from '../../core/http/problem-kinds.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { httpApp, request, REQUEST_ID } from '../support/http-app.ts'

describe('request id', () => {
  test.each(['abc-123', 'A.b:c_d', 'x'.repeat(128)])('keeps %s', async (id) => {
    const { app } = httpApp()
    const answer = await app.request(request('/v1/kinds', { headers: { 'x-request-id': id } }))
    expect(answer.headers.get('x-request-id')).toBe(id)
  })

  test.each(['', 'a b', 'x'.repeat(129), 'a"b', '<script>'])('makes its own instead of "%s"', async (id) => {
    const { app } = httpApp()
    const answer = await app.request(request('/nowhere', { headers: { 'x-request-id': id } }))
    expect(answer.headers.get('x-request-id')).toBe(REQUEST_ID)
    expect(await answer.json()).toMatchObject({ instance: REQUEST_ID })
  })
})

describe('addresses', () => {
  test.each(['/', '/nowhere', '/V1/actions'])('%s is 404 with a problem', async (path) => {
    const { app } = httpApp()
    const answer = await app.request(request(path, { bearer: null }))
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({
      type: 'urn:tenure:problem:no_such_route',
      detail: `Nothing answers at ${path}. See /docs.`,
    })
  })

  it('under /v1 tells nothing to who has no key', async () => {
    const { app } = httpApp()
    expect((await app.request(request('/v1/nowhere', { bearer: null }))).status).toBe(401)
    expect((await app.request(request('/v1/nowhere'))).status).toBe(404)
    expect((await app.request(request('/v1/actions', { method: 'PUT', bearer: null }))).status).toBe(401)
  })

  it('answers 405 with every method that the address knows', async () => {
    const { app } = httpApp()
    const answer = await app.request(request('/v1/switches', { method: 'PUT', body: {} }))
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'HEAD', 'POST'])
  })
})

describe('the bearer', () => {
  test.each([
    ['Bearer owner-token', 200],
    ['bearer owner-token', 200],
    ['Bearer   owner-token', 200],
    ['owner-token', 401],
    ['Bearer', 401],
    ['Bearer owner-token extra', 401],
    [`Bearer ${'x'.repeat(513)}`, 401],
  ])('%s is %i', async (authorization, status) => {
    const { app } = httpApp()
    const answer = await app.request(request('/v1/kinds', { bearer: null, headers: { authorization } }))
    expect(answer.status).toBe(status)
  })

  it('is looked up once a request, and the actor goes to the gate as it was found', async () => {
    const gate = fakeGate()
    const authenticate = vi.spyOn(gate, 'authenticate')
    await httpApp({ gate }).app.request(request('/v1/agents'))
    expect(authenticate.mock.calls).toEqual([['owner-token']])
  })
})

it('refuses a streamed body at the limit without reading on', async () => {
  const { app, gate } = httpApp()
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(64 * 1024).fill(32))
    },
  })
  const streamed: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    body: endless,
    headers: { authorization: 'Bearer owner-token', 'content-type': 'application/json' },
    duplex: 'half',
  }
  const sent = new Request('http://localhost/v1/agents', streamed)
  const answer = await app.request(sent)
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({ type: 'urn:tenure:problem:body_too_large', limit_bytes: 262_144 })
  expect(pulled).toBeLessThan(10)
  expect(gate.calls).toEqual([])
})

test.each(['GET', 'HEAD'])('%s with the content type of a body that it has not', async (method) => {
  const { app, gate } = httpApp()
  const headers = { 'content-type': 'application/json' }
  const answer = await app.request(request('/v1/agents', { method, headers }))
  expect(answer.status).toBe(200)
  expect(gate.calls).toHaveLength(1)
})

it('closes a connection on which a body was left unread', async () => {
  const { app } = httpApp()
  const large = await app.request(request('/v1/agents', { body: 'x'.repeat(300_000) }))
  expect(large.headers.get('connection')).toBe('close')
  const unknown = await app.request(request('/v1/agents', { body: {}, bearer: null }))
  expect(unknown.headers.get('connection')).toBe('close')
  expect((await app.request(request('/v1/agents', { bearer: null }))).headers.get('connection')).toBeNull()
})

it('takes a body of exactly 256 KiB', async () => {
  const { app, gate } = httpApp()
  const envelope = '{"document":{"a":""}}'
  const body = `{"document":{"a":"${'x'.repeat(262_144 - envelope.length)}"}}`
  const answer = await app.request(request('/v1/policies/current', { method: 'PUT', body }))
  expect(answer.status).toBe(200)
  expect(gate.calls).toHaveLength(1)
})

it('lets an exception of the gate end as a plain 500 that says nothing of it', async () => {
  const gate = fakeGate({ listAgents: () => Promise.reject(new Error('password authentication failed for tenure')) })
  const { app, logged } = httpApp({ gate })
  const answer = await app.request(request('/v1/agents'))
  expect(answer.status).toBe(500)
  const text = await answer.text()
  expect(text).not.toContain('password')
  expect(JSON.parse(text)).toMatchObject({ type: 'urn:tenure:problem:internal_error', instance: REQUEST_ID })
  expect(logged).toMatchObject([{ event: 'request_failed', fields: { requestId: REQUEST_ID, path: '/v1/agents' } }])
})

describe('health', () => {
  it('answers without a key', async () => {
    const { app } = httpApp()
    const answer = await app.request(request('/healthz', { bearer: null }))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ ok: true, version: '0.1.0' })
  })

  it('is ready when every check holds, otherwise 503 naming those that fail', async () => {
    const ready = await httpApp().app.request(request('/readyz', { bearer: null }))
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ ready: true, failing: [] })
    const checks = [
      { name: 'database', ok: true },
      { name: 'clock', ok: false, says: 'The clock is 4 s off.' },
    ]
    const { app } = httpApp({ readiness: () => Promise.resolve({ checks }) })
    const answer = await app.request(request('/readyz', { bearer: null }))
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ ready: false, failing: ['clock'], checks })
  })
})

describe('/slack/events', () => {
  it('hands the request over with its raw body', async () => {
    const seen: string[] = []
    const slack = async (given: Request) => {
      seen.push(`${given.headers.get('x-slack-signature')} ${await given.text()}`)
      return new Response('ok')
    }
    const { app } = httpApp({ slack })
    const form = 'payload=%7B%7D'
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-signature': 'v0=1' }
    const answer = await app.request(request('/slack/events', { body: form, headers, bearer: null }))
    expect(await answer.text()).toBe('ok')
    expect(answer.headers.get('x-request-id')).toBe(REQUEST_ID)
    expect(seen).toEqual(['v0=1 payload=%7B%7D'])
    const large = await app.request(request('/slack/events', { body: 'x'.repeat(1024 * 1024 + 1), bearer: null }))
    expect(large.status).toBe(413)
    expect(seen).toHaveLength(1)
  })

  it('is not there without Slack', async () => {
    const { app } = httpApp()
    expect((await app.request(request('/slack/events', { body: {}, bearer: null }))).status).toBe(404)
  })
})

describe('/docs', () => {
  it('is a page that loads from this origin alone, under a strict policy', async () => {
    const { app } = httpApp()
    const answer = await app.request(request('/docs', { bearer: null }))
    expect(answer.headers.get('content-type')).toMatch('text/html')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).not.toContain('unsafe-eval')
    const page = await answer.text()
    expect(page).not.toMatch(/https?:\/\//)
    expect(page).not.toMatch(/<script>|\son\w+=/)
    const linked = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
    const { app: withAssets } = httpApp({ docsAsset: (name) => Promise.resolve({ body: name, type: 'text/plain' }) })
    for (const path of linked) expect((await withAssets.request(request(path, { bearer: null }))).status).toBe(200)
    expect(linked).toHaveLength(5)
  })

  it('asks for the files that the page needs, and for no other', async () => {
    const asked: string[] = []
    const { app } = httpApp({
      docsAsset: (name) => {
        asked.push(name)
        return Promise.resolve(name === 'swagger-ui.css' ? { body: 'a{}', type: 'text/css' } : null)
      },
    })
    const css = await app.request(request('/docs/assets/swagger-ui.css', { bearer: null }))
    expect(css.headers.get('content-type')).toBe('text/css')
    expect(await css.text()).toBe('a{}')
    const paths = ['swagger-ui-bundle.js', '..%2Fpackage.json', 'package.json', 'index.html']
    for (const path of paths) {
      expect((await app.request(request(`/docs/assets/${path}`, { bearer: null }))).status).toBe(404)
    }
    expect(asked).toEqual(['swagger-ui.css', 'swagger-ui-bundle.js'])
  })

  it('explains every problem type at its anchor', async () => {
    const { app } = httpApp()
    const page = await (await app.request(request('/docs/problems', { bearer: null }))).text()
    for (const [kind, { todo }] of Object.entries(PROBLEMS)) {
      expect(page).toContain(`<section id="${kind}">`)
      expect(page).toContain(`urn:tenure:problem:${kind}`)
      expect(page).toContain(todo.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    }
  })
})

it('sets headers that keep a browser from doing more with an answer', async () => {
  const gate = fakeGate({ listAgents: () => Promise.resolve(ok([])) })
  const { headers } = await httpApp({ gate }).app.request(request('/v1/agents'))
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
})
