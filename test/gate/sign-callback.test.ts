import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signCallback } from '../../core/gate/sign-callback.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

it('signs the published example of the convention as its libraries do', () => {
  const headers = signCallback('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), '{"test": 2432232314}', [
    SECRET,
  ])
  expect(headers).toEqual({
    'content-type': 'application/json',
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

it('signs the bytes of any body, once with each secret, newest first', { timeout: 60_000 }, () => {
  const keys = fc.uint8Array({ minLength: 24, maxLength: 64 })
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      keys,
      keys,
      fc.date({ min: new Date(0), noInvalidDate: true }),
      (body, a, b, at) => {
        const secrets = [a, b].map((key) => `whsec_${Buffer.from(key).toString('base64')}`)
        const headers = signCallback('msg_1', at, body, secrets)
        const timestamp = String(Math.floor(at.getTime() / 1000))
        const expected = [a, b].map((key) => {
          const signed = Buffer.concat([Buffer.from(`msg_1.${timestamp}.`), Buffer.from(body)])
          return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
        })
        expect(headers['webhook-timestamp']).toBe(timestamp)
        expect(headers['webhook-signature']).toBe(expected.join(' '))
      },
    ),
  )
})
