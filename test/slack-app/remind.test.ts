import { describe, expect, it } from 'vitest'
import { harness, wordsOf } from './harness.ts'
import { action, actionId, approverId, decision, stop, workspaceId } from './sample.ts'
import { gateWith } from './stateful-gate.ts'

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
