import { readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { signCallback } from '../../core/gate/sign-callback.ts'

type Verify = (secret: string, headers: Record<string, string>, rawBody: string, nowSeconds: number) => boolean

/** The code of docs/callbacks.md, as an agent's author would take it. */
const page = readFileSync(new URL('../../docs/callbacks.md', import.meta.url), 'utf8')
const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
// safe: the page exports this function; the tests below would fail otherwise.
const { verify } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { verify: Verify }

const AT = new Date('2026-03-04T17:00:00Z')
const NOW = AT.getTime() / 1000
const OLD = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const NEW = `whsec_${Buffer.alloc(32, 2).toString('base64')}`
const BODY = '{"type":"action.executed","data":{"note":"ä . ü"}}'
const headers = signCallback('msg_1', AT, BODY, [NEW, OLD])

it('takes what the gate signs, with either secret while it changes over', () => {
  expect(verify(NEW, { ...headers }, BODY, NOW)).toBe(true)
  expect(verify(OLD, { ...headers }, BODY, NOW + 299)).toBe(true)
})

test.each<[string, string, Record<string, string>, string, number]>([
  ['another secret', `whsec_${Buffer.alloc(32, 3).toString('base64')}`, { ...headers }, BODY, NOW],
  ['another body', NEW, { ...headers }, `${BODY} `, NOW],
  ['another id', NEW, { ...headers, 'webhook-id': 'msg_2' }, BODY, NOW],
  ['another time', NEW, { ...headers, 'webhook-timestamp': String(NOW + 1) }, BODY, NOW],
  ['an old one', NEW, { ...headers }, BODY, NOW + 301],
  ['one from the future', NEW, { ...headers }, BODY, NOW - 301],
  [
    'another version',
    NEW,
    { ...headers, 'webhook-signature': headers['webhook-signature']?.replaceAll('v1,', 'v2,') ?? '' },
    BODY,
    NOW,
  ],
  ['no signature', NEW, { 'webhook-id': 'msg_1', 'webhook-timestamp': String(NOW) }, BODY, NOW],
  ['no headers', NEW, {}, BODY, NOW],
])('refuses %s', (_what, secret, given, body, now) => {
  expect(verify(secret, given, body, now)).toBe(false)
})
