import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import { verifiedEmail } from '../../slack-app/call-slack.ts'
import { clientOptions } from '../../slack-app/web-client.ts'

const good = {
  id: 'U1',
  team_id: 'T1',
  deleted: false,
  is_bot: false,
  is_stranger: false,
  is_email_confirmed: true,
  profile: { email: 'a@example.com' },
}

test.each<[string, object, string | null]>([
  ['a confirmed member of the team', good, 'a@example.com'],
  ['an address that was never confirmed', { ...good, is_email_confirmed: false }, null],
  ['an address of which nothing is said', { ...good, is_email_confirmed: undefined }, null],
  ['somebody of another team', { ...good, team_id: 'T2' }, null],
  ['a stranger in a shared channel', { ...good, is_stranger: true }, null],
  ['a bot', { ...good, is_bot: true }, null],
  ['a person who left', { ...good, deleted: true }, null],
  ['a person without an address', { ...good, profile: {} }, null],
])('the address that Slack vouches for: %s', async (_name, user, email) => {
  const fetch = () => Promise.resolve(Response.json({ ok: true, user }))
  const client = new webApi.WebClient(
    'xoxb-1',
    clientOptions({ fetch, apiUrl: 'http://stand-in.test/api/', log: () => {} }),
  )
  expect(await verifiedEmail(client, 'U1', 'T1')).toEqual({ ok: true, value: email })
})
