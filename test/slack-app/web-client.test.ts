import { webApi } from '@slack/bolt'
import { describe, expect, it, test } from 'vitest'
import { clientOptions, guardedFetch, troubleOf } from '../../slack-app/web-client.ts'

const log = (): void => {}
const answers = (response: () => Response) => {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const fetch = (url: string | URL, init?: RequestInit) => {
    asked.push({ url: String(url), init })
    return Promise.resolve(response())
  }
  return { asked, fetch }
}

describe('the fetch given to Slack’s client', () => {
  it.each(['http://stand-in.test/api', 'http://stand-in.test/api/'])(
    'reaches the method under %s, without following redirects',
    async (apiUrl) => {
      const { asked, fetch } = answers(() => Response.json({ ok: true }))
      await new webApi.WebClient('xoxb-1', clientOptions({ fetch, apiUrl, log })).auth.test()
      expect(asked.map(({ url, init }) => [url, init?.redirect, init?.method])).toEqual([
        ['http://stand-in.test/api/auth.test', 'manual', 'POST'],
      ])
    },
  )

  it('refuses a redirect, which could carry the token away', async () => {
    const { fetch } = answers(
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example.com' } }),
    )
    await expect(guardedFetch(fetch, 'https://slack.com/api/')('https://slack.com/api/auth.test')).rejects.toThrow(
      'redirect',
    )
  })

  test.each([
    ['https://slack.com/api/', 'https://hooks.slack.com/actions/1', true],
    ['https://slack.com/api/', 'https://hooks.slack.com.evil.example.com/', false],
    ['https://slack.com/api/', 'http://169.254.169.254/latest', false],
    ['http://stand-in.test/api/', 'http://stand-in.test/response/1', true],
    ['http://stand-in.test/api/', 'https://hooks.slack.com/actions/1', false],
  ])('with %s calls %s: %s', async (apiUrl, url, allowed) => {
    const { asked, fetch } = answers(() => Response.json({ ok: true }))
    const called = guardedFetch(fetch, apiUrl)(url)
    await (allowed ? expect(called).resolves.toBeDefined() : expect(called).rejects.toThrow('refused'))
    expect(asked).toHaveLength(allowed ? 1 : 0)
  })
})

describe('trouble', () => {
  const trouble = async (response: () => Response) => {
    const { asked, fetch } = answers(response)
    const client = new webApi.WebClient('xoxb-1', clientOptions({ fetch, apiUrl: 'http://stand-in.test/api/', log }))
    const error: unknown = await client.auth.test().catch((thrown: unknown) => thrown)
    return { trouble: troubleOf(error), calls: asked.length }
  }
  test.each([
    [
      'Slack says no',
      () => Response.json({ ok: false, error: 'invalid_auth' }),
      { kind: 'refused', error: 'invalid_auth' },
    ],
    [
      'too many',
      () => new Response('', { status: 429, headers: { 'retry-after': '12' } }),
      { kind: 'rate_limited', afterMs: 12_000 },
    ],
    ['a broken answer', () => new Response('', { status: 502 }), { kind: 'unclear' }],
  ] as const)('%s, asked once', async (_name, response, expected) => {
    expect(await trouble(response)).toEqual({ trouble: expected, calls: 1 })
  })

  it('a bug is thrown on', () => {
    expect(() => troubleOf(new TypeError('a bug'))).toThrow('a bug')
  })
})
