import { describe, expect, it, test } from 'vitest'
import type { ActionView } from '../../core/gate/views.ts'
import { buttonsOf, harness, wordsOf } from './harness.ts'
import { action, decision, exception, later } from './sample.ts'
import { byItself, draw } from './side-jobs.ts'
import { gateWith } from './stateful-gate.ts'

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
