import { describe, expect, it, test } from 'vitest'
import { readMailchimpForm } from '../../../connectors/mailchimp/webhook.ts'

const AT = new Date('2026-03-04T16:00:00.000Z')
const form = (type: string, data: Record<string, string>, firedAt = '2026-03-04 16:00:00'): string =>
  new URLSearchParams([
    ['type', type],
    ['fired_at', firedAt],
    ...Object.entries(data).map(([name, value]) => [`data[${name}]`, value]),
  ]).toString()
const dana = { kind: 'email', value: 'Dana@example.com' }
const withdrew = (source: string) => ({
  told: [{ kind: 'withdrew', identifiers: [dana], channel: 'email', at: AT, source }],
})

describe('what Mailchimp tells', () => {
  const of = { id: '8a25ff1d98', list_id: 'a6b5da1054', email: 'Dana@example.com', 'merges][FNAME': 'Dana' }
  test.each([
    ['that somebody joined', form('subscribe', of), { toRead: { listId: 'a6b5da1054', email: 'Dana@example.com' } }],
    ['that somebody left', form('unsubscribe', { ...of, reason: 'manual' }), withdrew('Mailchimp')],
    ['a complaint', form('unsubscribe', { ...of, reason: 'abuse' }), withdrew('Mailchimp (reported as spam)')],
    ['mail that came back', form('cleaned', { ...of, reason: 'hard' }), withdrew('Mailchimp (mail came back)')],
    [
      'another address',
      form('upemail', { list_id: 'a6b5da1054', old_email: 'Dana@example.com', new_email: 'd@example.org' }),
      {
        told: [
          { kind: 'moved', from: dana, to: { kind: 'email', value: 'd@example.org' }, channel: 'email', proven: false },
        ],
        toRead: { listId: 'a6b5da1054', email: 'd@example.org' },
      },
    ],
    ['another name: nothing', form('profile', of), {}],
    ['a campaign that was sent: nothing', form('campaign', { id: '4fa1', status: 'sent' }), {}],
  ])('%s', (_what, body, news) => {
    expect(readMailchimpForm(body, false)).toEqual({ ok: true, value: { toRead: null, told: [], ...news } })
  })
})

describe('what it does not tell', () => {
  const dated = (firedAt: string) => form('unsubscribe', { email: 'dana@example.com' }, firedAt)
  test.each([
    ['nothing', '', 'type'],
    ['JSON', '{"type":"unsubscribe"}', 'type'],
    ['an event that there is not', form('deleted', { email: 'dana@example.com' }), 'type'],
    ['no address', form('unsubscribe', {}), 'data.email'],
    ['no audience', form('subscribe', { email: 'dana@example.com' }), 'data.list_id'],
    [
      'an audience that leads elsewhere',
      form('subscribe', { email: 'dana@example.com', list_id: '../../ping' }),
      'data.list_id',
    ],
    ['no time', dated('yesterday'), 'fired_at'],
    ['a day that there is not', dated('2026-13-45 10:00:00'), 'fired_at'],
  ])('%s is refused by name', (_what, body, where) => {
    expect(readMailchimpForm(body, false)).toEqual({ ok: false, error: expect.stringContaining(where) })
  })

  it('a field that is called like something of the language changes nothing', () => {
    const body = `${form('unsubscribe', { email: 'dana@example.com' })}&data[__proto__]=x&data[constructor]=y`
    expect(readMailchimpForm(body, false)).toMatchObject({ ok: true, value: { told: [{ kind: 'withdrew' }] } })
  })
})
