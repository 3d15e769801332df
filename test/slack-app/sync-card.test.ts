import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../core/domain/result.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { callsOf } from './fake-gate.ts'
import { buttonsOf, harness, wordsOf } from './harness.ts'
import {
  action,
  actionId,
  approverId,
  decision,
  exception,
  executed,
  id,
  later,
  plan,
  planId,
  stop,
  workspaceId,
} from './sample.ts'
import { gateWith } from './stateful-gate.ts'

const draw = { queue: 'card', workspaceId, subject: actionId } as const
const byItself = (level: 3 | 4 | 5, more: Partial<ActionView> = {}): ActionView =>
  executed({
    decisions: [],
    level: { inForce: level, boundBy: 'grant', grant: level, tier: null, ceiling: level, why: 'Granted' },
    ...more,
  })
const methods = (h: ReturnType<typeof harness>) => h.sandbox.world.calls.map((call) => call.method)

describe('the card', () => {
  it('is posted once, and not touched again while nothing changes', async () => {
    const h = harness(gateWith(action()).verbs)
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(methods(h)).toEqual(['chat.postMessage'])
    expect(h.messages.claims.size).toBe(0)
  })

  it('is posted once by two workers at the same time', async () => {
    const h = harness(gateWith(action()).verbs)
    const results = await Promise.all([h.app.runSideJob(draw), h.app.runSideJob(draw)])
    expect(results.map((result) => result.kind).sort()).toEqual(['done', 'retry'])
    expect(h.seen()).toHaveLength(1)
  })

  it('is not posted when it was decided before it was drawn', async () => {
    const h = harness(gateWith(action({ state: 'rejected', decisions: [decision('reject')], requestedBy: null })).verbs)
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(h.seen()).toEqual([])
    expect(h.messages.claims.size).toBe(0)
  })

  it('is never replaced by an older drawing', async () => {
    const gate = gateWith(action({ version: 8 }))
    const h = harness(gate.verbs)
    await h.app.runSideJob(draw)
    gate.current = action({ version: 7, preview: { ...action().preview, title: 'an older title' } })
    await h.app.runSideJob(draw)
    expect(wordsOf(h.seen()[0])).not.toContain('an older title')
  })

  it('is posted anew when somebody deleted it while it waits', async () => {
    const gate = gateWith(action())
    const h = harness(gate.verbs)
    await h.app.runSideJob(draw)
    const [card] = h.seen()
    if (card !== undefined) h.sandbox.world.remove(card)
    gate.current = action({ version: 4 })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(h.seen()).toHaveLength(1)
  })

  it('goes without its picture when Slack cannot fetch it', async () => {
    const h = harness(
      gateWith(action({ preview: { ...action().preview, imageUrl: 'https://img.example.com/1.png' } })).verbs,
    )
    h.sandbox.world.script('chat.postMessage', { error: 'invalid_blocks' })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(h.seen()[0]?.blocks.some((block) => block.type === 'image')).toBe(false)
  })
})

describe('when Slack does not go along', () => {
  it('comes back after the time that Slack asked for, and posts once', async () => {
    const h = harness(gateWith(action()).verbs)
    h.sandbox.world.script('chat.postMessage', { retryAfterSeconds: 30 })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'retry', afterMs: 30_000 })
    expect(h.messages.claims.size).toBe(0)
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(h.seen()).toHaveLength(1)
  })

  it('honours the limit on updates too', async () => {
    const gate = gateWith(action())
    const h = harness(gate.verbs)
    await h.app.runSideJob(draw)
    gate.current = action({ version: 4 })
    h.sandbox.world.script('chat.update', { retryAfterSeconds: 7 })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'retry', afterMs: 7_000 })
  })

  it('keeps the claim when no clear answer came, rather than posting twice', async () => {
    const h = harness(gateWith(action()).verbs)
    h.sandbox.world.script('chat.postMessage', { status: 502 })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'retry', afterMs: 65_000 })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'retry', afterMs: 2_000 })
    expect(h.seen()).toEqual([])
  })

  test.each(['invalid_auth', 'channel_not_found', 'not_in_channel'])(
    'fails for good on %s, and frees the claim',
    async (error) => {
      const h = harness(gateWith(action()).verbs)
      h.sandbox.world.script('chat.postMessage', { error })
      expect(await h.app.runSideJob(draw)).toEqual({ kind: 'failed', says: `Slack refused: ${error}` })
      expect(h.messages.claims.size).toBe(0)
    },
  )

  it('waits for a turn that is near, and comes back for one farther off', async () => {
    const waited: number[] = []
    const turns = [400, 0, 9_000]
    const h = harness(gateWith(action()).verbs, {
      pace: () => Promise.resolve(turns.shift() ?? 0),
      wait: (ms) => {
        waited.push(ms)
        return Promise.resolve()
      },
    })
    await h.app.runSideJob(draw)
    expect(waited).toEqual([400])
    expect(h.seen()).toHaveLength(1)
    h.messages.sent.clear()
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'retry', afterMs: 9_000 })
    expect(h.seen()).toHaveLength(1)
  })

  it('comes back when the platform could not be read for the card', async () => {
    const h = harness({ refreshAction: () => Promise.resolve(err({ kind: 'platform_failed', says: 'no answer' })) })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'retry', afterMs: 30_000 })
  })

  it('fails for a workspace without Slack, and for an action that is gone', async () => {
    const h = harness({ workspace: () => Promise.resolve(null) })
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'failed', says: 'There is no such workspace' })
    const gone = harness({ refreshAction: () => Promise.resolve(err({ kind: 'not_found', what: 'action' })) })
    expect(await gone.app.runSideJob(draw)).toEqual({ kind: 'failed', says: 'There is no such action or plan' })
  })
})

describe('what is told, by level', () => {
  test.each<[string, ActionView, readonly string[]]>([
    ['level 3, done: with undo', byItself(3), ['Done: your newsletter “Autumn check-ups” went to 1,200 people.']],
    ['level 4, done: silent', byItself(4), []],
    ['level 5, done: silent', byItself(5), []],
    [
      'level 4, held: always shown',
      byItself(4, { state: 'held', executedAt: null, holdUntil: later(60) }),
      ['Going out: your newsletter “Autumn check-ups” goes to 1,200 people.'],
    ],
    [
      'level 3, planned',
      byItself(3, { state: 'scheduled', executedAt: null, slotAt: later(600) }),
      ['Going out: your newsletter “Autumn check-ups” goes to 1,200 people.'],
    ],
    ['level 4, planned: silent', byItself(4, { state: 'scheduled', executedAt: null, slotAt: later(600) }), []],
    [
      'level 5, failed: always told',
      byItself(5, { state: 'failed', executedAt: null, note: 'The list is empty' }),
      ['Not done: your newsletter “Autumn check-ups” goes to 1,200 people.'],
    ],
    [
      'level 5, exception: always told',
      byItself(5, { state: 'unknown', executedAt: null, exception: exception() }),
      ['Please have a look: your newsletter “Autumn check-ups” goes to 1,200 people.'],
    ],
    ['only observed: silent', byItself(3, { state: 'observed', executedAt: null }), []],
  ])('%s', async (_name, view, heads) => {
    const h = harness(gateWith({ ...view, requestedBy: null }).verbs)
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(h.seen().map((message) => wordsOf(message).split('\n')[0])).toEqual(heads)
  })

  it('a held send offers to be stopped until it goes out', async () => {
    const h = harness(gateWith(byItself(4, { state: 'held', executedAt: null, holdUntil: later(60) })).verbs)
    await h.app.runSideJob(draw)
    expect(wordsOf(h.seen()[0])).toMatch(/\*Goes out <!date\^\d+\^[^>]+>; stop it until then\.\*/)
    expect(buttonsOf(h.seen()[0])).toEqual(['action_undo', 'action_details'])
  })

  it('whoever asked gets the Done in their thread at every level, once, and hears of an undo', async () => {
    const gate = gateWith(byItself(5))
    const h = harness(gate.verbs)
    const asked = h.sandbox.world.add({
      channel: 'C0MARKETING',
      user: 'U0APPROVER',
      text: 'Can we?',
      blocks: [],
      threadTs: null,
      broadcast: false,
      onlyFor: null,
    })
    gate.current = byItself(5, {
      requestedBy: { member: 'approver@example.com', thread: { channel: 'C0MARKETING', ts: asked.ts } },
    })
    await h.app.runSideJob(draw)
    await h.app.runSideJob(draw)
    const replies = () => h.sandbox.world.visible('C0MARKETING', 'U0VIEWER').filter((one) => one.threadTs === asked.ts)
    expect(replies().map(wordsOf)).toEqual([
      expect.stringContaining('<@U0APPROVER> :white_check_mark:  Done: your newsletter'),
    ])
    gate.current = { ...gate.current, state: 'undone', version: 9 }
    await h.app.runSideJob(draw)
    expect(replies().map(wordsOf)).toEqual([expect.stringContaining('Undone: your newsletter')])
  })

  it('a wrong thread of the requester does not fail the card', async () => {
    const view = byItself(3, { requestedBy: { member: 'x', thread: { channel: 'C0NOWHERE', ts: '1.000001' } } })
    const h = harness(gateWith(view).verbs)
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    expect(h.seen()).toHaveLength(1)
    expect(h.logged.join()).toContain('channel_not_found')
  })

  it('a failure after an approval is told in the thread of its card, and in the channel', async () => {
    const gate = gateWith(action({ requestedBy: null }))
    const h = harness(gate.verbs)
    await h.app.runSideJob(draw)
    gate.current = action({
      requestedBy: null,
      state: 'failed',
      version: 9,
      decisions: [decision('approve')],
      note: 'The list is empty',
    })
    await h.app.runSideJob(draw)
    const [card, failure] = h.seen()
    expect(failure).toMatchObject({ threadTs: card?.ts, broadcast: true })
    expect(wordsOf(failure)).toContain('The list is empty.')
  })
})

it('a stop takes the buttons away and gives them back', async () => {
  const gate = gateWith(action())
  const h = harness(gate.verbs)
  await h.app.runSideJob(draw)
  gate.current = action({ frozenBy: stop })
  await h.app.runSideJob(draw)
  expect(buttonsOf(h.seen()[0])).toEqual(['action_details'])
  expect(wordsOf(h.seen()[0])).toContain('*Stopped* by Approver')
  gate.current = action({ version: 4 })
  await h.app.runSideJob(draw)
  expect(buttonsOf(h.seen()[0])).toContain('action_approve')
})

it('a step speaks through the card of its plan', async () => {
  const step = action({ plan: { id: planId, step: 1, steps: 2 } })
  const h = harness({ ...gateWith(step).verbs, getPlan: () => Promise.resolve(ok(plan())) })
  await h.app.runSideJob(draw)
  expect(h.seen().map((message) => wordsOf(message).split('\n')[0])).toEqual([
    'Ready: autumn check-ups in three steps.',
  ])
  expect([...h.messages.sent.keys()]).toEqual([`${planId}/card`])
})

describe('reminder', () => {
  const job = { queue: 'reminder', workspaceId, subject: actionId, to: approverId, kind: 'remind' } as const

  it('mentions the person under the card, once for each reminder', async () => {
    const gate = gateWith(action({ reminders: 1 }))
    const h = harness(gate.verbs)
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    const [card, ...replies] = h.seen()
    expect(replies.map((reply) => [reply.threadTs, wordsOf(reply).split('\n')[0]])).toEqual([
      [
        card?.ts,
        '<@U0APPROVER>, a reminder: this still waits for a decision. “your newsletter “Autumn check-ups” goes to 1,200 people”',
      ],
    ])
    gate.current = action({ reminders: 2 })
    await h.app.runSideJob(job)
    await h.app.runSideJob({ ...job, kind: 'escalate', to: null })
    expect(h.seen()).toHaveLength(4)
    expect(wordsOf(h.seen().at(-1))).toMatch(/^nobody has decided about this yet; could you\?/)
  })

  it.each([
    ['was decided', action({ state: 'rejected', decisions: [decision('reject')], requestedBy: null })],
    ['is stopped', action({ frozenBy: stop })],
  ])('is silent about what %s', async (_name, view) => {
    const h = harness(gateWith(view).verbs)
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(h.seen().filter((message) => message.threadTs !== null)).toEqual([])
  })
})

describe('digest', () => {
  const job = { queue: 'digest', workspaceId, period: 'week' } as const

  it('counts what ran by itself in the period, once', async () => {
    const items = [
      byItself(4, { executedAt: later(-60) }),
      byItself(5, { id: id('act', 'b'), executedAt: later(-120), category: 'social_post', state: 'undone' }),
      byItself(4, { id: id('act', 'old'), executedAt: later(-8 * 24 * 60) }),
      byItself(3, { id: id('act', 'told'), executedAt: later(-60) }),
      executed({ id: id('act', 'asked'), executedAt: later(-60) }),
    ]
    const h = harness({ listActions: () => Promise.resolve(ok({ items, nextCursor: null })) })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(h.seen()).toHaveLength(1)
    const words = wordsOf(h.seen()[0])
    expect(words).toContain('•  1 × email campaigns\n•  1 × social posts')
    expect(words).toContain('2,400 people reached  ·  1 undone')
  })

  it('reads every page', async () => {
    const h = harness({
      listActions: (_actor, _filter, window) =>
        Promise.resolve(
          ok({
            items: [byItself(4, { id: id('act', window.cursor ?? 'first'), executedAt: later(-60) })],
            nextCursor: window.cursor === undefined ? 'second' : null,
          }),
        ),
    })
    await h.app.runSideJob(job)
    expect(callsOf(h.calls, 'listActions').map(([, , window]) => window)).toEqual([
      { limit: 100 },
      { limit: 100, cursor: 'second' },
    ])
    expect(wordsOf(h.seen()[0])).toContain('2 × email campaigns')
  })

  it('finds what was scheduled long before the period, and stops at what is older than any schedule', async () => {
    const day = 24 * 60
    const pages = [
      byItself(4, { id: id('act', 'a'), proposedAt: later(-8 * day), executedAt: later(-8 * day) }),
      byItself(4, { id: id('act', 'b'), proposedAt: later(-60 * day), executedAt: later(-60) }),
      byItself(4, { id: id('act', 'c'), proposedAt: later(-98 * day), executedAt: later(-98 * day) }),
      byItself(4, { id: id('act', 'd'), proposedAt: later(-99 * day), executedAt: later(-60) }),
    ]
    const h = harness({
      listActions: (_actor, _filter, window) => {
        const at = Number(window.cursor ?? 0)
        return Promise.resolve(ok({ items: pages.slice(at, at + 1), nextCursor: at < 3 ? String(at + 1) : null }))
      },
    })
    await h.app.runSideJob(job)
    expect(callsOf(h.calls, 'listActions')).toHaveLength(3)
    expect(wordsOf(h.seen()[0])).toContain('1 × email campaigns')
  })

  it('says nothing where nothing ran', async () => {
    const h = harness({ listActions: () => Promise.resolve(ok({ items: [], nextCursor: null })) })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(h.seen()).toEqual([])
  })
})

it('refuses a job of another queue', async () => {
  const h = harness({})
  expect(await h.app.runSideJob({ queue: 'webhook', workspaceId, subject: actionId, version: 1 })).toEqual({
    kind: 'failed',
    says: 'This is not told through Slack',
  })
})
