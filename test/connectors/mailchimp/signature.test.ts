import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { isSignedByMailchimp } from '../../../connectors/mailchimp/signature.ts'

// Mailchimp publishes how it signs, and no vector.
const [SECRET, BODY, SECONDS] = ['a-secret', 'type=unsubscribe&data%5Bemail%5D=dana%40example.com', 1_772_640_000]
const mac = (text: string, secret = SECRET) => createHmac('sha256', secret).update(text).digest('hex')
const RIGHT = mac(`${SECONDS}.${BODY}`)
const at = (offsetSeconds: number) => new Date((SECONDS + offsetSeconds) * 1000)

test.each([
  ['as it is signed', `t=${SECONDS},v1=${RIGHT}`, at(0), true],
  ['five minutes late', `t=${SECONDS},v1=${RIGHT}`, at(300), true],
  ['later still', `t=${SECONDS},v1=${RIGHT}`, at(301), false],
  ['our clock behind', `t=${SECONDS},v1=${RIGHT}`, at(-300), true],
  ['far behind', `t=${SECONDS},v1=${RIGHT}`, at(-301), false],
  ['with two secrets, while one takes the other’s place', `t=${SECONDS},v1=${'0'.repeat(64)},v1=${RIGHT}`, at(0), true],
  ['with spaces between', `t=${SECONDS}, v1=${RIGHT}`, at(0), true],
  ['of another time', `t=${SECONDS + 1},v1=${RIGHT}`, at(0), false],
  ['with two times', `t=${SECONDS},t=${SECONDS + 1},v1=${RIGHT}`, at(0), false],
  ['of another secret', `t=${SECONDS},v1=${mac(`${SECONDS}.${BODY}`, 'another')}`, at(0), false],
  ['of the body alone', `t=${SECONDS},v1=${mac(BODY)}`, at(0), false],
  ['in a form to come', `t=${SECONDS},v2=${RIGHT}`, at(0), false],
  ['without a time', `v1=${RIGHT}`, at(0), false],
  ['without anything', '', at(0), false],
  ['with letters for a time', `t=now,v1=${RIGHT}`, at(0), false],
])('%s', (_what, header, now, expected) => {
  const message = { url: '', headers: { 'x-mailchimp-signature': header }, body: BODY }
  expect(isSignedByMailchimp(message, SECRET, now)).toBe(expected)
})
