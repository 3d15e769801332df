import { beforeEach, describe, expect, it, test } from 'vitest'
import { type Harness, harness, SECRET } from './harness.ts'
import { NOW } from './sample.ts'

let h: Harness
beforeEach(() => {
  h = harness({})
})

const FORM = 'application/x-www-form-urlencoded'
const help = new URLSearchParams({
  command: '/tenure',
  text: 'help',
  team_id: 'T0SANDBOX',
  user_id: 'U0VISITOR',
  channel_id: 'C0APPROVALS',
  response_url: 'http://slack.test/sandbox/slack/response/none',
}).toString()

const signed = (body: string, type = FORM, at = NOW) => h.sandbox.interact.sign(body, type, at)

async function without(request: Request, header: string): Promise<Request> {
  const headers = new Headers(request.headers)
  headers.delete(header)
  return new Request(request.url, { method: 'POST', headers, body: await request.text() })
}

async function withHeader(request: Request, header: string, value: string): Promise<Request> {
  const headers = new Headers(request.headers)
  headers.set(header, value)
  return new Request(request.url, { method: 'POST', headers, body: await request.text() })
}

describe('refuses', () => {
  const forged = 'v0=0000000000000000000000000000000000000000000000000000000000000000'
  test.each<[string, () => Promise<Request>, number]>([
    ['a bad signature', async () => withHeader(await signed(help), 'x-slack-signature', forged), 401],
    ['no signature', async () => without(await signed(help), 'x-slack-signature'), 401],
    ['no timestamp', async () => without(await signed(help), 'x-slack-request-timestamp'), 401],
    ['a stale one', () => signed(help, FORM, new Date(NOW.getTime() - 301_000)), 401],
    ['one from the future', () => signed(help, FORM, new Date(NOW.getTime() + 301_000)), 401],
    [
      'a timestamp that is no number',
      async () => withHeader(await signed(help), 'x-slack-request-timestamp', 'soon'),
      401,
    ],
    ['another method', () => Promise.resolve(new Request('http://app.test/slack/events')), 405],
    ['a huge body', () => signed('x'.repeat(1_000_001)), 413],
    ['a body that says it is huge', async () => withHeader(await signed(help), 'content-length', '1000001'), 413],
    ['another content type', () => signed(help, 'text/plain'), 400],
    ['a payload that is no JSON', () => signed('payload=%7Boops'), 400],
    ['a payload of another shape', () => signed(`payload=${encodeURIComponent('{"type":"block_actions"}')}`), 400],
    [
      'an event without an id',
      () => signed('{"type":"event_callback","event":{"type":"message"}}', 'application/json'),
      400,
    ],
    ['a command without a user', () => signed(help.replace('user_id', 'nobody')), 400],
  ])('%s', async (_name, request, status) => {
    const answer = await h.app.handle(await request())
    await h.settled()
    expect(answer.status).toBe(status)
    expect(h.calls).toEqual([])
    expect(h.sandbox.world.calls).toEqual([])
  })

  it('the same request twice', async () => {
    const first = await signed(help)
    const again = first.clone()
    expect((await h.app.handle(first)).status).toBe(200)
    expect((await h.app.handle(again)).status).toBe(409)
    await h.settled()
    expect(h.logged.filter((line) => line.includes('replayed'))).toHaveLength(1)
  })

  it('says nothing of the secret or the body in its log', async () => {
    await h.app.handle(await withHeader(await signed(help), 'x-slack-signature', forged))
    expect(h.logged.join()).not.toContain(SECRET)
    expect(h.logged.join()).not.toContain('U0VISITOR')
  })
})

describe('answers', () => {
  it('the challenge of an address that is being set up', async () => {
    const answer = await h.app.handle(
      await signed('{"type":"url_verification","challenge":"3eZbrw1a"}', 'application/json'),
    )
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ challenge: '3eZbrw1a' })
  })

  it('a repeated event, without working on it twice', async () => {
    const body = (text: string) =>
      JSON.stringify({
        type: 'event_callback',
        event_id: 'Ev1',
        team_id: 'T0SANDBOX',
        event: { type: 'message', text, channel: 'C0APPROVALS', user: 'U0VIEWER', ts: '1.000001' },
      })
    const seen: string[] = []
    h = harness(
      {},
      {
        seen: (key) => {
          const known = seen.includes(key)
          seen.push(key)
          return Promise.resolve(known)
        },
      },
    )
    expect((await h.app.handle(await signed(body('one'), 'application/json'))).status).toBe(200)
    expect((await h.app.handle(await signed(body('two'), 'application/json'))).status).toBe(200)
    await h.settled()
    expect(seen.filter((key) => key === 'event:Ev1')).toHaveLength(2)
  })

  it('before the work is done', async () => {
    let finish = () => {}
    h = harness({ workspaceOfSlackTeam: () => new Promise((resolve) => (finish = () => resolve(null))) })
    const answer = await h.app.handle(await signed(help.replace('text=help', 'text=queue')))
    expect(answer.status).toBe(200)
    expect(h.sandbox.world.messages).toEqual([])
    finish()
    await h.settled()
  })

  it('404 to what nothing listens to, 500 when a listener breaks', async () => {
    const unknown = JSON.stringify({
      type: 'view_closed',
      team: { id: 'T0SANDBOX' },
      user: { id: 'U0VIEWER' },
      view: {},
    })
    expect((await h.app.handle(await signed(`payload=${encodeURIComponent(unknown)}`))).status).toBe(404)
    const stranger = help.replace('T0SANDBOX', 'T0ELSEWHERE')
    expect((await h.app.handle(await signed(stranger))).status).toBe(500)
    await h.settled()
  })
})
