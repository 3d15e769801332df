import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import { listen } from '../support/listen.ts'
import { kindOf, type Platforms, startPlatforms } from '../support/platforms.ts'
import { SAMPLES, type Sample } from './samples.ts'

const CALL = { key: 'act_1:1' }
let platforms: Platforms

beforeEach(async () => {
  platforms = await startPlatforms(undefined, { isGuarded: false })
})
afterEach(async () => {
  platforms.hubspot.script.release()
  platforms.mailchimp.script.release()
  await platforms.close()
})

const hitsEffect = (sample: Sample) => (method: string, path: string) =>
  method === sample.effect[0] && path.endsWith(sample.effect[1])

/** Runs one kind with its effect call going wrong. */
async function runWith(sample: Sample, fault: Fault, timeoutMs?: number) {
  sample.prepare?.({ hubspot: platforms.hubspot.state, mailchimp: platforms.mailchimp.state })
  const kind = kindOf(sample.id)
  const { script } = platforms.sandboxOf(kind)
  const before = await kind.beforeState(sample.input, platforms.session(kind))
  if (!before.ok) throw new Error(before.error.kind)
  script.queue({ match: hitsEffect(sample), fault, times: 9 })
  const session = platforms.session(kind, timeoutMs === undefined ? {} : { timeoutMs })
  const result = await kind.run(sample.input, before.value, session, CALL)
  const requests = script.log.filter((entry) => hitsEffect(sample)(entry.method, entry.path)).length
  return { result, requests, script }
}

const HTML = '<html><body>Welcome to the guest network</body></html>'

const FAULTS: readonly (readonly [string, Fault, object])[] = [
  ['401', { status: 401, body: { message: 'secret text' } }, { kind: 'auth_expired' }],
  ['403', { status: 403, body: { message: 'secret text' } }, { kind: 'missing_scope', scope: null }],
  [
    '429 with Retry-After',
    { status: 429, headers: { 'retry-after': '7' }, body: { message: 'secret text' } },
    { kind: 'rate_limited', retryAfterMs: 7000 },
  ],
  ['429 without', { status: 429, body: '' }, { kind: 'rate_limited', retryAfterMs: 10_000 }],
  ['400', { status: 400, body: { message: 'secret text' } }, { kind: 'rejected', status: 400, providerCode: null }],
  ['500', { status: 500, body: HTML }, { kind: 'outcome_unknown', why: 'the platform answered 500' }],
  ['503', { status: 503, body: HTML }, { kind: 'unavailable' }],
  [
    'a redirect',
    { status: 307, headers: { location: '/elsewhere' } },
    { kind: 'unexpected_answer', where: 'status 307' },
  ],
  [
    'somebody’s page with a 200',
    { status: 200, headers: { 'content-type': 'text/html' }, body: HTML },
    { kind: 'unexpected_answer' },
  ],
  ['JSON of another shape', { status: 200, body: { hello: ['world'] } }, { kind: 'unexpected_answer' }],
]

describe.each(SAMPLES)('$id', (sample) => {
  it.each(FAULTS)(
    'answers %s with its error, asks once, and keeps the platform’s words to itself',
    async (_name, fault, error) => {
      const { result, requests } = await runWith(sample, fault)
      expect(result).toMatchObject({ ok: false, error })
      expect(requests).toBe(1)
      expect(JSON.stringify(result)).not.toContain('secret text')
    },
  )

  it('calls a timeout unknown, does not ask again, and the call goes on without us', async () => {
    const { result, requests, script } = await runWith(sample, 'slow', 120)
    expect(result).toEqual({ ok: false, error: { kind: 'outcome_unknown', why: 'no answer in time' } })
    expect(requests).toBe(1)
    expect(script.effects).toEqual({})
    script.release()
    await expect.poll(() => script.effects).toEqual({ [sample.counted]: 1 })
  })

  it('calls a refused connection unavailable: nothing was sent', async () => {
    const kind = kindOf(sample.id)
    const before = await kind.beforeState(sample.input, platforms.session(kind))
    if (!before.ok) throw new Error(before.error.kind)
    const gone = await listen({ fetch: () => new Response() })
    await gone.close()
    const session = platforms.session(kind, { baseUrls: { hubspot: gone.url, mailchimp: gone.url } })
    expect(await kind.run(sample.input, before.value, session, CALL)).toEqual({
      ok: false,
      error: { kind: 'unavailable' },
    })
    expect(await kind.preflight(sample.input, session)).toEqual({ ok: false, error: { kind: 'unavailable' } })
  })
})
