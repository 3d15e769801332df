import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { signatureFault } from '../../slack-app/signature.ts'

const VECTORS = new URL('../../../shared/specs/signature-vectors.json', import.meta.url)
const Vectors = z.object({
  vectors: z.array(
    z.object({
      vendor: z.string(),
      secret: z.string(),
      timestamp: z.string().optional(),
      body: z.string(),
      expected: z.string(),
    }),
  ),
})

describe.skipIf(!existsSync(VECTORS))('published vectors (skipped where shared/specs is absent)', () => {
  const slack = existsSync(VECTORS)
    ? Vectors.parse(JSON.parse(readFileSync(VECTORS, 'utf8'))).vectors.filter((one) => one.vendor === 'slack')
    : []
  it('are there', () => expect(slack.length).toBeGreaterThan(0))
  test.each(slack)('$secret', ({ secret, timestamp = '', body, expected }) => {
    const at = new Date(Number(timestamp) * 1000)
    expect(signatureFault({ timestamp, signature: expected, rawBody: body }, secret, at)).toBeNull()
    expect(signatureFault({ timestamp, signature: expected, rawBody: `${body} ` }, secret, at)).toBe('wrong')
  })
})

// Slack's published example, so that the rule is tested without the shared folder too.
const secret = '8f742231b10e8888abcd99yyyzzz85a5'
const timestamp = '1531420618'
const rawBody =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
const signed = { timestamp, signature, rawBody }
const at = (offsetSeconds: number) => new Date((Number(timestamp) + offsetSeconds) * 1000)

test.each([
  ['exactly now', signed, at(0), null],
  ['five minutes late', signed, at(300), null],
  ['a second later still', signed, at(301), 'outside_window'],
  ['our clock five minutes behind', signed, at(-300), null],
  ['a second more', signed, at(-301), 'outside_window'],
  ['no timestamp', { ...signed, timestamp: null }, at(0), 'missing'],
  ['no signature', { ...signed, signature: null }, at(0), 'missing'],
  ['a timestamp that is no number', { ...signed, timestamp: 'NaN' }, at(0), 'malformed'],
  ['a timestamp with a sign', { ...signed, timestamp: '-1531420618' }, at(0), 'malformed'],
  ['an empty timestamp', { ...signed, timestamp: '' }, at(0), 'malformed'],
  ['another version', { ...signed, signature: signature.replace('v0', 'v1') }, at(0), 'malformed'],
  ['a shorter signature', { ...signed, signature: signature.slice(0, -1) }, at(0), 'malformed'],
  ['upper case', { ...signed, signature: signature.toUpperCase().replace('V0', 'v0') }, at(0), 'malformed'],
  ['one digit off', { ...signed, signature: signature.replace(/3$/, '4') }, at(0), 'wrong'],
  ['another body', { ...signed, rawBody: `${rawBody}&x=1` }, at(0), 'wrong'],
  ['another timestamp', { ...signed, timestamp: '1531420619' }, at(0), 'wrong'],
])('%s', (_name, request, now, fault) => {
  expect(signatureFault(request, secret, now)).toBe(fault)
})

it('never verifies with an empty secret', () => {
  expect(signatureFault(signed, '', at(0))).toBe('missing')
})
