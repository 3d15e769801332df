import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../core/domain/result.ts'
import { buttonsOf, harness, wordsOf } from './harness.ts'
import { action, actionId, decision, plan, planId, stop, workspaceId } from './sample.ts'
import { draw } from './side-jobs.ts'
import { gateWith } from './stateful-gate.ts'

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

it('refuses a job of another queue', async () => {
  const h = harness({})
  expect(await h.app.runSideJob({ queue: 'webhook', workspaceId, subject: actionId, version: 1 })).toEqual({
    kind: 'failed',
    says: 'This is not told through Slack',
  })
})
