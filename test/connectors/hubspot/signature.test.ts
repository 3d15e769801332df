import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { isSignedByHubSpot } from '../../../connectors/hubspot/signature.ts'

const VECTORS = new URL('../../../../shared/specs/signature-vectors.json', import.meta.url)
const Vectors = z.object({
  vectors: z.array(
    z.object({
      vendor: z.string(),
      scheme: z.string(),
      secret: z.string(),
      url: z.string().optional(),
      timestamp: z.string().optional(),
      body: z.string(),
      expected: z.string(),
    }),
  ),
})

const message = (timestamp: string, signature: string, url: string, body: string) => ({
  url,
  body,
  headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp },
})

describe.skipIf(!existsSync(VECTORS))('published vectors (skipped where shared/specs is absent)', () => {
  const hubspot = existsSync(VECTORS)
    ? Vectors.parse(JSON.parse(readFileSync(VECTORS, 'utf8'))).vectors.filter((one) => one.scheme === 'v3')
    : []
  it('are there', () => expect(hubspot.length).toBeGreaterThan(2))
  test.each(hubspot)('$timestamp', ({ secret, url = '', timestamp = '', body, expected }) => {
    const at = new Date(Number(timestamp))
    expect(isSignedByHubSpot(message(timestamp, expected, url, body), secret, at)).toBe(true)
    expect(isSignedByHubSpot(message(timestamp, expected, url, `${body} `), secret, at)).toBe(false)
  })
})

// A vector of HubSpot's client for Ruby, so that the rule is tested without the shared folder too.
const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'
const URL_ = 'https://www.example.com/webhook_uri'
const BODY = "{'example_field':'example_value'}"
const SIGNED_AT = 1_700_000_300_000
const SIGNATURE = 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='
const signed = message(String(SIGNED_AT), SIGNATURE, URL_, BODY)
const at = (offsetMs: number) => new Date(SIGNED_AT + offsetMs)

test.each([
  ['as HubSpot signed it', signed, at(0), true],
  ['five minutes late', signed, at(300_000), true],
  ['a moment later still', signed, at(300_001), false],
  ['our clock five minutes behind', signed, at(-300_000), true],
  ['a moment more', signed, at(-300_001), false],
  ['another body', { ...signed, body: `${BODY}\n` }, at(0), false],
  ['another address', { ...signed, url: `${URL_}?key=1` }, at(0), false],
  ['another host', { ...signed, url: URL_.replace('www', 'evil') }, at(0), false],
  ['no signature', message(String(SIGNED_AT), '', URL_, BODY), at(0), false],
  ['another signature', message(String(SIGNED_AT), SIGNATURE.replace('R', 'S'), URL_, BODY), at(0), false],
  ['the beginning of it', message(String(SIGNED_AT), SIGNATURE.slice(0, 20), URL_, BODY), at(0), false],
  ['no time', message('', SIGNATURE, URL_, BODY), at(0), false],
  ['a time that is no number', message('1700000300000 ', SIGNATURE, URL_, BODY), at(0), false],
  ['no headers', { ...signed, headers: {} }, at(0), false],
])('%s', (_what, given, now, expected) => {
  expect(isSignedByHubSpot(given, SECRET, now)).toBe(expected)
})

it('is not that of another secret', () => {
  expect(isSignedByHubSpot(signed, `${SECRET}y`, at(0))).toBe(false)
})
