import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { attempt, createWire, type Fetch, halfDone, retryAfterMs, urlOf } from '../../connectors/http.ts'

const NOW = Date.parse('2026-02-02T10:00:00Z')
const refusal = { providerCode: 'A_CODE', says: 'No.', scope: 'a.scope', waitMs: null }

function wireTo(fetch: Fetch, timeoutMs = 1000) {
  return createWire({ fetch, timeoutMs, readRefusal: () => refusal, now: () => NOW })
}

async function failureOf(fetch: Fetch, writes: boolean, timeoutMs?: number) {
  const wire = wireTo(fetch, timeoutMs)
  const request = { method: writes ? 'POST' : 'GET', url: 'http://platform.example.com/', headers: {}, writes }
  const result = await attempt(wire, 'thing', z.object({}), () => wire.send(request))
  return result.ok ? null : result.error
}

const answering =
  (status: number, headers: Record<string, string> = {}): Fetch =>
  async () =>
    new Response('{"message":"theirs"}', { status, headers })

const failing =
  (code?: string): Fetch =>
  async () => {
    throw new TypeError('fetch failed', code === undefined ? {} : { cause: Object.assign(new Error(code), { code }) })
  }

describe('a status', () => {
  test.each([
    [401, { kind: 'auth_expired' }],
    [403, { kind: 'missing_scope', scope: 'a.scope' }],
    [404, { kind: 'rejected', status: 404, providerCode: 'A_CODE', says: 'No.' }],
    [409, { kind: 'rejected', status: 409, providerCode: 'A_CODE', says: 'No.' }],
    [429, { kind: 'rate_limited', retryAfterMs: 10_000 }],
    [477, { kind: 'rate_limited', retryAfterMs: 10_000 }],
    [503, { kind: 'unavailable' }],
    [302, { kind: 'unexpected_answer', where: 'status 302' }],
  ])('%i is the same for a write and a read', async (status, error) => {
    expect(await failureOf(answering(status), true)).toEqual(error)
    expect(await failureOf(answering(status), false)).toEqual(error)
  })

  test.each([500, 502, 504, 520, 521, 523])('%i hides an effect of a write, and none of a read', async (status) => {
    expect(await failureOf(answering(status), true)).toEqual({
      kind: 'outcome_unknown',
      why: `the platform answered ${status}`,
    })
    expect(await failureOf(answering(status), false)).toEqual({ kind: 'unavailable' })
  })
})

describe('no answer', () => {
  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s came before anything was sent',
    async (code) => {
      expect(await failureOf(failing(code), true)).toEqual({ kind: 'unavailable' })
    },
  )

  test.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', undefined])('%s may have come after', async (code) => {
    expect(await failureOf(failing(code), true)).toEqual({ kind: 'outcome_unknown', why: 'the connection broke' })
    expect(await failureOf(failing(code), false)).toEqual({ kind: 'unavailable' })
  })

  it('in time is unknown for a write, and nothing is sent once the time is over', async () => {
    let calls = 0
    const never: Fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        calls += 1
        init.signal?.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError')))
      })
    const wire = wireTo(never, 5)
    const request = { method: 'POST', url: 'http://platform.example.com/', headers: {}, writes: true }
    const first = await attempt(wire, 'thing', z.object({}), () => wire.send(request))
    expect(first).toEqual({ ok: false, error: { kind: 'outcome_unknown', why: 'no answer in time' } })
    const second = await attempt(wire, 'thing', z.object({}), () => wire.send(request))
    expect(second).toEqual({ ok: false, error: { kind: 'unavailable' } })
    expect(calls).toBe(1)
  })

  it('that breaks off after its status is unknown too', async () => {
    const broken: Fetch = async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }), { status: 200 })
    expect(await failureOf(broken, true)).toEqual({ kind: 'outcome_unknown', why: 'the answer broke off' })
  })
})

describe('Retry-After', () => {
  test.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['parts of a second, rounded up', { 'retry-after': '0.0005' }, 1],
    ['a date by our clock', { 'retry-after': 'Mon, 02 Feb 2026 10:00:30 GMT' }, 30_000],
    [
      'a date by the platform’s own clock',
      { 'retry-after': 'Mon, 02 Feb 2026 09:00:30 GMT', date: 'Mon, 02 Feb 2026 09:00:10 GMT' },
      20_000,
    ],
    ['a date that has passed', { 'retry-after': 'Mon, 02 Feb 2026 09:00:00 GMT' }, 0],
    ['more than a day', { 'retry-after': '999999' }, 86_400_000],
    ['nonsense', { 'retry-after': 'soon' }, null],
    ['nothing', {}, null],
  ])('%s', (_name, headers, expected) => {
    expect(retryAfterMs(new Headers(headers), () => NOW)).toBe(expected)
  })
})

test('an answer that does not fit names its place', async () => {
  const wire = wireTo(answering(200))
  const shape = z.object({ contact: z.object({ email: z.string() }) })
  const result = await attempt(wire, 'contact', shape, async () => ({ contact: { email: 5 } }))
  expect(result).toEqual({ ok: false, error: { kind: 'unexpected_answer', where: 'contact: contact.email' } })
})

test('what a client throws without an answer is a bug and passes through', async () => {
  const wire = wireTo(answering(200))
  const broken = attempt(wire, 'thing', z.object({}), async () => {
    throw new Error('a bug')
  })
  await expect(broken).rejects.toThrow('a bug')
})

test('an address encodes its segments and keeps the path of its base', () => {
  expect(urlOf('http://x.example.com/base/', ['crm', 'a/b?c'])).toBe('http://x.example.com/base/crm/a%2Fb%3Fc')
})

test('after a first step went through, a refusal of the second is no "nothing happened"', () => {
  expect(halfDone({ kind: 'rate_limited', retryAfterMs: 1 })).toEqual({
    kind: 'outcome_unknown',
    why: 'only the first of two steps went through',
  })
})
