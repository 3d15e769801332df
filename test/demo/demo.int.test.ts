import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { listen } from '../support/listen.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...env },
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text))
    child.once('error', fail)
    child.once('exit', (code) => done({ code, out, err }))
  })
}

/** A gate that nobody runs, so that the demo starts its own. */
async function freeUrl(): Promise<string> {
  const probe = createServer()
  await new Promise<void>((done) => void probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise<void>((done) => void probe.close(() => done()))
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

describe('the demo', () => {
  it('tells its story to the end against a gate of its own', async () => {
    expect(await run('core/entry/build.ts', ['--quiet'])).toEqual({ code: 0, out: '', err: '' })
    const told = await run('dist/demo.js', ['--auto', '--pace', '0'], { TENURE_URL: await freeUrl() })
    expect(told).toMatchObject({ code: 0, err: '' })
    const lines = told.out.split('\n')
    expect(lines.filter((line) => line.length > 100)).toEqual([])
    // Terminal lines break at words; for looking up sentences they are one.
    const text = told.out.replace(/\s+/g, ' ')
    for (const said of [
      '11 cards are in #approvals; 2 of them offer “Send me a test”.',
      'Blocked: It says “guaranteed results”, which must not go out.',
      'of the day’s budget of $20.00 only $5.60 is left.',
      'A test went to approver@example.com and to nobody else.',
      'Mailchimp sent it once, to 1,200 people: as many as the card said.',
      'Saved and approved by Approver; the task in HubSpot reads as edited.',
      'Task: “Follow up” becomes “Offer a new appointment: the last one was cancelled”',
      '30 small updates, each looked at by a person, none taken back.',
      'Tenure in #approvals: “CRM updates, small, hubspot.contact.update: let default act and tell you?”',
      'Only admins and owners decide what may run by itself.',
      'Granted: act, tell, undo for a day; until the quarterly review, then it is asked about again.',
      'Done at once, at level 3.',
      'Undone: the number in HubSpot is what it was',
      'Refused: Owner stopped everything',
      'Neither the approved note nor the approved reminder went out while everything is stopped.',
      'Resumed: the approved note went out by itself, once.',
      'Mailchimp sent the reminder once, to 240 people.',
      'Spent $14.40 of $20.00, reserved $0.00.',
      'The demo’s own gate is stopped and its folder removed.',
    ])
      expect(text).toContain(said)
  }, 300_000)

  it.each([
    ['a gate in production', {}, 404, 'is not a development gate'],
    ['a real Mailchimp', { hubspot: 'http://127.0.0.1:1' }, 200, 'is connected to a real mailchimp'],
    ['a real HubSpot', { mailchimp: 'http://127.0.0.1:1' }, 200, 'is connected to a real hubspot'],
    [
      'a real Slack',
      { hubspot: 'http://127.0.0.1:1', mailchimp: 'http://127.0.0.1:1' },
      200,
      'is connected to a real Slack',
    ],
  ] as const)('never begins with %s', async (_what, platforms, status, says) => {
    const seen: string[] = []
    const app = new Hono()
    app.use(async (c, next) => {
      seen.push(`${c.req.method} ${c.req.path}`)
      await next()
    })
    app.get('/healthz', (c) => c.json({}))
    app.get('/sandbox', (c) => c.json({ now: '2026-03-02T10:00:00.000Z', platforms }, status))
    const gate = await listen(app)
    const env = {
      TENURE_URL: gate.url,
      TENURE_ADMIN_TOKEN: 'token-of-an-owner-1234',
      TENURE_AGENT_KEY: 'key-of-an-agent-123456',
    }
    const ended = await run('dist/demo.js', ['--auto', '--pace', '0'], env)
    await gate.close()
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(says)
    expect(seen.filter((request) => !request.startsWith('GET '))).toEqual([])
  })

  it.each([
    ['an option that it does not know', ['--quick'], 2, /Unknown option '--quick'/],
    ['months that are none', ['--months', '0'], 2, /--months is a number, 1 to 24/],
    ['a presser whom nobody knows', ['--months', '1', '--presser', 'lazy'], 2, /--presser is honest or hasty/],
    ['a presser without months', ['--presser', 'hasty'], 2, /go with --months/],
    ['a pace that is none', ['--pace', 'slow'], 2, /--pace is a number of milliseconds/],
  ])('refuses %s', async (_what, args, code, says) => {
    const ended = await run('dist/demo.js', args)
    expect(ended.code).toBe(code)
    expect(ended.err).toMatch(says)
    expect(ended.out).toBe('')
  })
})
