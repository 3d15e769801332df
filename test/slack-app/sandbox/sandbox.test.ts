import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { createSlackSandbox, type SlackSandbox } from '../../../slack-app/sandbox.ts'
import { METHODS } from '../../../slack-app/sandbox/web-api.ts'

let now = new Date('2026-11-24T13:05:00Z')
let delivered: Request[] = []
let answer = () => new Response('')
let sandbox: SlackSandbox
beforeEach(() => {
  now = new Date('2026-11-24T13:05:00Z')
  delivered = []
  answer = () => new Response('')
  sandbox = createSlackSandbox({
    now: () => now,
    signingSecret: 'secret',
    botToken: 'xoxb-1',
    deliver: (request) => {
      delivered.push(request)
      return Promise.resolve(answer())
    },
    origin: 'http://here.test',
  })
})

const Answer = z.record(z.string(), z.unknown())
async function call(method: string, args: Record<string, unknown>, token = 'xoxb-1') {
  const response = await sandbox.app.request(`/sandbox/slack/api/${method}`, {
    method: 'POST',
    body: JSON.stringify(args),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  })
  return { status: response.status, headers: response.headers, body: Answer.parse(await response.json()) }
}
const channel = 'C0APPROVALS'
const section = (text: string, more: object = {}) => ({ type: 'section', text: { type: 'mrkdwn', text }, ...more })
const button = (id: string, more: object = {}) => ({
  type: 'button',
  action_id: id,
  text: { type: 'plain_text', text: 'x' },
  value: '1',
  ...more,
})
const actions = (...elements: object[]) => ({ type: 'actions', block_id: 'b', elements })

describe('chat.postMessage', () => {
  test.each<[string, Record<string, unknown>, string | true]>([
    ['text alone', { channel, text: 'hello' }, true],
    ['a channel by its name', { channel: '#approvals', text: 'hello' }, true],
    ['nothing to say', { channel }, 'no_text'],
    ['no such channel', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['no such thread', { channel, text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
    ['50 blocks', { channel, blocks: Array.from({ length: 50 }, () => section('x')) }, true],
    ['51 blocks', { channel, blocks: Array.from({ length: 51 }, () => section('x')) }, 'invalid_blocks'],
    ['3000 characters', { channel, blocks: [section('x'.repeat(3000))] }, true],
    ['3001 characters', { channel, blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
    ['an empty text', { channel, blocks: [section('')] }, 'invalid_blocks'],
    ['a section of nothing', { channel, blocks: [{ type: 'section' }] }, 'invalid_blocks'],
    ['an unknown block', { channel, blocks: [{ type: 'fancy' }] }, 'invalid_blocks'],
    ['an unknown property', { channel, blocks: [section('x', { colour: 'red' })] }, 'invalid_blocks'],
    [
      'a header in markup',
      { channel, blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] },
      'invalid_blocks',
    ],
    [
      'a header of 151',
      { channel, blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
      'invalid_blocks',
    ],
    [
      'a button text of 76',
      { channel, blocks: [actions(button('a', { text: { type: 'plain_text', text: 'x'.repeat(76) } }))] },
      'invalid_blocks',
    ],
    [
      'a button value of 2001',
      { channel, blocks: [actions(button('a', { value: 'x'.repeat(2001) }))] },
      'invalid_blocks',
    ],
    ['the same action twice in a block', { channel, blocks: [actions(button('a'), button('a'))] }, 'invalid_blocks'],
    ['the same block id twice', { channel, blocks: [actions(button('a')), actions(button('b'))] }, 'invalid_blocks'],
    [
      'an input',
      {
        channel,
        blocks: [
          {
            type: 'input',
            label: { type: 'plain_text', text: 'x' },
            element: { type: 'plain_text_input', action_id: 'a' },
          },
        ],
      },
      'invalid_blocks',
    ],
    ['blocks that are no JSON', { channel, text: 'x', blocks: '[oops' }, 'invalid_blocks'],
  ])('%s', async (_name, args, expected) => {
    const { body } = await call('chat.postMessage', args)
    expect(body['ok'] === true ? true : body['error']).toBe(expected)
    expect(sandbox.world.messages).toHaveLength(expected === true ? 1 : 0)
  })

  it('takes a form with JSON inside, as Slack’s client sends it', async () => {
    const form = new URLSearchParams({
      channel,
      text: 'x',
      blocks: JSON.stringify([section('hello')]),
      token: 'xoxb-1',
    })
    const response = await sandbox.app.request('/sandbox/slack/api/chat.postMessage', { method: 'POST', body: form })
    expect(await response.json()).toMatchObject({ ok: true, channel, ts: '1795525500.000000' })
  })

  test.each([
    ['a wrong token', 'xoxb-2', 'invalid_auth'],
    ['no token', '', 'not_authed'],
  ])('%s', async (_name, token, error) => {
    expect((await call('chat.postMessage', { channel, text: 'x' }, token)).body).toEqual({ ok: false, error })
  })

  it('limits to one a second and channel when switched on', async () => {
    sandbox.world.limitsPosts = true
    expect((await call('chat.postMessage', { channel, text: '1' })).status).toBe(200)
    const second = await call('chat.postMessage', { channel, text: '2' })
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1'])
    expect((await call('chat.postMessage', { channel: 'C0MARKETING', text: '3' })).status).toBe(200)
    now = new Date(now.getTime() + 1_000)
    expect((await call('chat.postMessage', { channel, text: '4' })).status).toBe(200)
  })
})

describe('chat.update', () => {
  it('replaces a message of the app, and nobody else’s', async () => {
    const { body } = await call('chat.postMessage', { channel, text: 'old' })
    expect((await call('chat.update', { channel, ts: body['ts'], text: 'new' })).body['ok']).toBe(true)
    expect(sandbox.world.messages.map((one) => [one.text, one.edited])).toEqual([['new', true]])
    await sandbox.interact.say({ user: 'U0OWNER', channel, text: 'mine' })
    const theirs = sandbox.world.messages.at(-1)
    expect((await call('chat.update', { channel, ts: theirs?.ts, text: 'x' })).body['error']).toBe(
      'cant_update_message',
    )
    expect((await call('chat.update', { channel, ts: '1.000001', text: 'x' })).body['error']).toBe('message_not_found')
  })
})

describe('modals', () => {
  const view = { type: 'modal', title: { type: 'plain_text', text: 'Title' }, blocks: [section('x')] }

  it('open once, within three seconds', async () => {
    const trigger = sandbox.world.newTrigger('U0OWNER')
    expect((await call('views.open', { trigger_id: trigger, view })).body['ok']).toBe(true)
    expect((await call('views.open', { trigger_id: trigger, view })).body['error']).toBe('invalid_trigger_id')
    const late = sandbox.world.newTrigger('U0OWNER')
    now = new Date(now.getTime() + 3_001)
    expect((await call('views.open', { trigger_id: late, view })).body['error']).toBe('expired_trigger_id')
    expect(sandbox.world.modals.get('U0OWNER')).toHaveLength(1)
  })

  test.each([
    ['a title of 25', { ...view, title: { type: 'plain_text', text: 'x'.repeat(25) } }],
    [
      'an input without submit',
      {
        ...view,
        blocks: [
          {
            type: 'input',
            block_id: 'i',
            label: { type: 'plain_text', text: 'x' },
            element: { type: 'plain_text_input', action_id: 'a' },
          },
        ],
      },
    ],
    ['101 blocks', { ...view, blocks: Array.from({ length: 101 }, () => section('x')) }],
    ['3001 characters of metadata', { ...view, private_metadata: 'x'.repeat(3001) }],
  ])('are refused with %s', async (_name, broken) => {
    const { body } = await call('views.open', { trigger_id: sandbox.world.newTrigger('U0OWNER'), view: broken })
    expect(body['error']).toBe('invalid_arguments')
  })
})

describe('a press', () => {
  it('is signed, and its address answers five times in half an hour', async () => {
    await call('chat.postMessage', { channel, text: 'x', blocks: [actions(button('go'))] })
    const [message] = sandbox.world.messages
    await sandbox.interact.press({ user: 'U0OWNER', channel, ts: message?.ts ?? '', blockId: 'b', actionId: 'go' })
    const form = new URLSearchParams(await delivered[0]?.text())
    const payload = z
      .object({
        type: z.string(),
        response_url: z.string(),
        trigger_id: z.string(),
        actions: z.array(z.object({ action_id: z.string(), value: z.string() })),
      })
      .parse(JSON.parse(form.get('payload') ?? ''))
    expect(payload.actions).toEqual([{ action_id: 'go', value: '1' }])
    expect(delivered[0]?.headers.get('x-slack-signature')).toMatch(/^v0=[0-9a-f]{64}$/)
    const respond = () => sandbox.app.request(payload.response_url, { method: 'POST', body: '{"text":"hi"}' })
    for (let use = 0; use < 5; use++) expect((await respond()).status).toBe(200)
    expect((await respond()).status).toBe(404)
    expect(sandbox.world.visible(channel, 'U0OWNER')).toHaveLength(6)
    expect(sandbox.world.visible(channel, 'U0VIEWER')).toHaveLength(1)
  })

  it('on a message that has changed says so and sends nothing', async () => {
    const pressed = await sandbox.interact.press({
      user: 'U0OWNER',
      channel,
      ts: '1.000001',
      blockId: 'b',
      actionId: 'go',
    })
    expect(pressed).toEqual({ ok: false, says: 'That message has changed. Look again.' })
    expect(delivered).toEqual([])
  })

  it('tells the presser when the app does not accept it', async () => {
    answer = () => new Response('', { status: 500 })
    expect(await sandbox.interact.command({ user: 'U0OWNER', channel, text: '/tenure help' })).toEqual({
      ok: false,
      says: 'The app did not accept this (500).',
    })
  })
})

describe('the page', () => {
  it('draws a message without ever taking its words for HTML', async () => {
    await call('chat.postMessage', {
      channel,
      text: 'x',
      blocks: [
        section('<https://a.example.com|A *link*> <script>alert(1)</script> &lt;b&gt; <@U0OWNER> *bold* :tada:'),
        actions(button('go', { style: 'primary' })),
      ],
    })
    const response = await sandbox.app.request(`/sandbox/slack/changes?user=U0OWNER&channel=${channel}&revision=0`)
    const { messages } = z.object({ messages: z.string() }).parse(await response.json())
    expect(messages).not.toContain('<script>')
    expect(messages).toContain('&lt;b&gt;')
    expect(messages).toContain('<a href="https://a.example.com"')
    expect(messages).toContain('@Owner')
    expect(messages).toContain('<strong>bold</strong>')
    expect(messages).toContain('data-action-id="go" data-block-id="b"')
  })

  it('answers 204 while nothing is new', async () => {
    const path = `/sandbox/slack/changes?user=U0OWNER&channel=${channel}&revision=${sandbox.world.revision}`
    expect((await sandbox.app.request(path)).status).toBe(204)
  })

  it('lists what came after a message, and the open form all the same', async () => {
    const said = async (text: string) => String((await call('chat.postMessage', { channel, text })).body['ts'])
    const [first, second] = [await said('one'), await said('two')]
    const listed = async (after: string) => {
      const path = `/sandbox/slack/messages?user=U0OWNER&channel=C0APPROVALS${after}`
      const { messages, form } = await (await sandbox.app.request(path)).json()
      return { texts: messages.map((one: { text: string }) => one.text), form }
    }
    expect((await listed('')).texts).toEqual(['one', 'two'])
    expect((await listed(`&after=${first}`)).texts).toEqual(['two'])
    sandbox.world.pushModal('U0OWNER', { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [] })
    expect(await listed(`&after=${second}`)).toEqual({ texts: [], form: { callback_id: null, errors: {} } })
  })

  it('shows everyone, every channel, and where the app is reached', async () => {
    const page = await (await sandbox.app.request('/sandbox/slack')).text()
    expect(page).toContain('<option value="U0VISITOR">Visitor</option>')
    expect(page).toContain('# marketing')
    expect(page).toContain('data-base="/sandbox/slack"')
  })
})

const SPEC = new URL('../../../../shared/specs/slack/web-api.swagger2.json', import.meta.url)
const Spec = z.object({ paths: z.record(z.string(), z.unknown()) })
describe.skipIf(!existsSync(SPEC))('Slack’s published methods (skipped where shared/specs is absent)', () => {
  test.each(Object.keys(METHODS))('%s is one of them', (method) => {
    expect(Object.keys(Spec.parse(JSON.parse(readFileSync(SPEC, 'utf8'))).paths)).toContain(`/${method}`)
  })
})
