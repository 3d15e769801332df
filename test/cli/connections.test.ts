import { describe, expect, it } from 'vitest'
import { tenure } from '../support/tenure-command.ts'
import { owner } from '../support/views.ts'

describe('connection add', () => {
  const ADD = "connection add mailchimp --name 'Newsletter account'"
  const asks = (credentials: string) => [
    { verb: 'addConnection', args: [owner, { platform: 'mailchimp', name: 'Newsletter account', credentials }] },
  ]

  it('takes the credentials from the environment', async () => {
    const env = { TENURE_ADMIN_TOKEN: 'owner-token', TENURE_CREDENTIALS: 'key-us1' }
    const { calls, out } = await tenure(ADD, { env })
    expect(calls).toEqual(asks('key-us1'))
    expect(out).toBe('Connected mailchimp as Newsletter account (con_1).\n')
  })

  it('or from standard input', async () => {
    const { calls, out, err: complaint } = await tenure(ADD, { stdin: () => Promise.resolve('key-us2\n') })
    expect(calls).toEqual(asks('key-us2'))
    expect(out + complaint).not.toContain('key-us2')
  })

  it('and never from the command line', async () => {
    const without = await tenure(ADD)
    expect(without.exitCode).toBe(2)
    expect(without.err).toMatch(/^No credentials: pipe them in, or put them in TENURE_CREDENTIALS\./)
    expect(without.calls).toEqual([])
    const given = await tenure(`${ADD} --credentials key-us3`)
    expect(given.exitCode).toBe(2)
    expect(given.calls).toEqual([])
  })
})

describe('connection mend', () => {
  it('gives the connection what comes from standard input, and never shows it', async () => {
    const mended = await tenure('connection mend con_1', { stdin: () => Promise.resolve('key-us2\n') })
    expect(mended.calls).toEqual([{ verb: 'replaceCredentials', args: [owner, 'con_1', 'key-us2'] }])
    expect(mended.asked).toEqual(['PUT http://127.0.0.1:8787/v1/connections/con_1/credentials'])
    expect(mended.out).toBe(
      'Mended mailchimp, Newsletter account (con_1): it is live.\n' +
        'What it tells by itself goes to another address now: https://gate.example.com/webhooks/mailchimp/con_1?key=wks_1.secret\n',
    )
    expect(mended.exitCode).toBe(0)
  })

  it('asks nothing without credentials', async () => {
    const without = await tenure('connection mend con_1')
    expect(without.err).toMatch(/^No credentials: /)
    expect([without.exitCode, without.calls]).toEqual([2, []])
  })
})

describe('connection renew-webhook', () => {
  it('answers the new address', async () => {
    const renewed = await tenure('connection renew-webhook con_1')
    expect(renewed.calls).toEqual([{ verb: 'renewWebhookUrl', args: [owner, 'con_1'] }])
    expect(renewed.out).toBe(
      'Tell mailchimp, Newsletter account: https://gate.example.com/webhooks/mailchimp/con_1?key=wks_1.secret\n' +
        'What comes to the address before counts nothing any more.\n',
    )
  })
})
