import { describe, expect, it } from 'vitest'
import { callsOf } from '../fake-gate.ts'
import { buttonsOf, harness, wordsOf } from '../harness.ts'
import { action, actionId, approver, plan, planId, workspaceId } from '../sample.ts'
import { gateWith } from '../stateful-gate.ts'
import { ok } from '../../../core/domain/result.ts'

const draw = { queue: 'card', workspaceId, subject: actionId } as const

describe('approve', () => {
  it('decides about what was shown, and locks the card with who and when', async () => {
    const h = harness(gateWith(action()).verbs)
    expect(await h.app.runSideJob(draw)).toEqual({ kind: 'done' })
    await h.press('action_approve')

    expect(callsOf(h.calls, 'decideAction')).toEqual([
      [
        { kind: 'member', id: approver.id, workspaceId, name: 'Approver', role: 'approver', via: 'slack' },
        { decision: 'approve', payloadHash: 'a1b2c3d4e5f60718', actionId },
      ],
    ])
    const [card, reply] = h.seen()
    expect(wordsOf(card)).toContain('Done: your newsletter “Autumn check-ups” went to 1,200 people.')
    expect(wordsOf(card)).toContain(':white_check_mark:  Approved by *Approver*')
    expect(buttonsOf(card)).toEqual(['action_undo', 'action_confirm', 'action_details'])
    expect(reply?.threadTs).toBe(card?.ts)
    expect(h.seen()).toHaveLength(2)
  })

  it('counts a double press once, and tells the second who decided', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    const card = h.seen()[0]
    if (card === undefined) throw new Error('no card')
    const [first] = await Promise.all([
      h.sandbox.interact.press({
        user: 'U0APPROVER',
        channel: card.channel,
        ts: card.ts,
        blockId: blockOf(card),
        actionId: 'action_approve',
      }),
      h.sandbox.interact.press({
        user: 'U0APPROVER',
        channel: card.channel,
        ts: card.ts,
        blockId: blockOf(card),
        actionId: 'action_approve',
      }),
    ])
    await h.settled()
    expect(first).toEqual({ ok: true })
    expect(callsOf(h.calls, 'decideAction')).toHaveLength(2)
    const notes = h.seen().filter((message) => message.onlyFor === 'U0APPROVER')
    expect(notes.map(wordsOf)).toEqual([
      expect.stringMatching(/^This was already decided by Approver, <!date.*The first decision stands\.$/),
    ])
  })

  it('refuses the unauthorised in private, and leaves the card as it was', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    const before = h.seen()[0]
    await h.press('action_approve', { user: 'U0VIEWER' })
    expect(h.seen()[0]).toBe(before)
    const note = h.seen('U0VIEWER').at(-1)
    expect(note?.onlyFor).toBe('U0VIEWER')
    expect(wordsOf(note)).toBe('This one is not yours to decide: deciding takes an approver. The card stays as it is.')
    expect(h.seen('U0APPROVER')).toHaveLength(1)
  })

  it('does not count a press on an outdated card, and draws it afresh', async () => {
    const gate = gateWith(action())
    const h = harness(gate.verbs)
    await h.app.runSideJob(draw)
    gate.current = action({
      payloadHash: 'ffff000011112222333344445555',
      version: 4,
      preview: { ...action().preview, title: 'your newsletter goes to 900 people' },
    })
    await h.press('action_approve')
    expect(wordsOf(h.seen().at(-1))).toContain('your press was not counted')
    expect(wordsOf(h.seen()[0])).toContain('Ready: your newsletter goes to 900 people.')
    await h.press('action_approve')
    expect(callsOf(h.calls, 'decideAction').at(-1)?.[1]).toMatchObject({ payloadHash: 'ffff000011112222' })
    expect(wordsOf(h.seen()[0])).toContain('Approved by *Approver*')
  })

  it('decides a plan as one', async () => {
    let current = plan()
    const h = harness({
      getPlan: () => Promise.resolve(ok(current)),
      decidePlan: () => {
        current = plan({ state: 'running' })
        return Promise.resolve(ok(current))
      },
    })
    await h.app.runSideJob({ queue: 'card', workspaceId, subject: planId })
    await h.press('action_approve')
    expect(callsOf(h.calls, 'decidePlan').map(([, id, request]) => [id, request])).toEqual([
      [planId, { decision: 'approve', payloadHash: 'a1b2c3d4e5f60718' }],
    ])
    expect(wordsOf(h.seen()[0])).toContain('Under way: autumn check-ups in three steps.')
  })
})

describe('whoever is not linked', () => {
  it('is told how, and the press does not count', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    await h.press('action_approve', { user: 'U0VISITOR' })
    expect(callsOf(h.calls, 'linkSlackUserByEmail')).toEqual([[workspaceId, 'U0VISITOR', 'visitor@example.com']])
    expect(callsOf(h.calls, 'decideAction')).toEqual([])
    expect(wordsOf(h.seen('U0VISITOR').at(-1))).toContain('/tenure link CODE')
  })

  it('is linked by a verified address, and the press counts at once', async () => {
    const gate = gateWith(action())
    let linked = false
    const h = harness({
      ...gate.verbs,
      memberOfSlackUser: (id) =>
        Promise.resolve(
          linked
            ? { kind: 'member', id: approver.id, workspaceId: id, name: 'Approver', role: 'approver', via: 'slack' }
            : null,
        ),
      linkSlackUserByEmail: () => {
        linked = true
        return Promise.resolve(approver)
      },
    })
    await h.app.runSideJob(draw)
    await h.press('action_approve', { user: 'U0VISITOR' })
    expect(callsOf(h.calls, 'decideAction')).toHaveLength(1)
  })

  it('is not linked when the profile cannot be read', async () => {
    const h = harness(gateWith(action()).verbs)
    h.sandbox.world.script('users.info', { error: 'user_not_visible' })
    await h.app.runSideJob(draw)
    await h.press('action_approve', { user: 'U0VISITOR' })
    expect(callsOf(h.calls, 'linkSlackUserByEmail')).toEqual([])
  })
})

describe('reject', () => {
  it('asks how much it weighs and why, and tells the gate both', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    await h.press('action_reject')
    expect(h.sandbox.world.modal('U0APPROVER')?.view.callback_id).toBe('reject_action')
    await h.sandbox.interact.submit({ user: 'U0APPROVER', fill: {} })
    expect(h.sandbox.world.modal('U0APPROVER')?.errors).toEqual({ severity: 'Please complete this required field.' })
    await h.sandbox.interact.submit({
      user: 'U0APPROVER',
      fill: { severity: 'minor', cause: 'people', reason: ' Too many this week ', outside: ['outside'] },
    })
    await h.settled()
    expect(h.sandbox.world.modal('U0APPROVER')).toBeUndefined()
    expect(callsOf(h.calls, 'decideAction')[0]?.[1]).toEqual({
      actionId,
      decision: 'reject',
      payloadHash: 'a1b2c3d4e5f60718',
      severity: 'minor',
      cause: 'people',
      reason: 'Too many this week',
      outside: true,
    })
    expect(wordsOf(h.seen()[0])).toContain('Rejected: your newsletter “Autumn check-ups” goes to 1,200 people.')
    expect(wordsOf(h.seen()[0])).toContain('> Too many this week')
    expect(buttonsOf(h.seen()[0])).toEqual(['action_details'])
  })

  it('does not let a viewer write a reason in vain', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    await h.press('action_reject', { user: 'U0VIEWER' })
    expect(h.sandbox.world.modal('U0VIEWER')).toBeUndefined()
    expect(wordsOf(h.seen('U0VIEWER').at(-1))).toContain('not yours to decide')
  })

  it('refuses in private when it was decided while the form was open', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    await h.press('action_reject')
    await h.press('action_approve')
    await h.sandbox.interact.submit({ user: 'U0APPROVER', fill: { severity: 'major' } })
    await h.settled()
    expect(
      h
        .seen()
        .filter((one) => one.onlyFor !== null)
        .map(wordsOf),
    ).toEqual([expect.stringContaining('already decided by Approver')])
  })
})

describe('ask for changes', () => {
  it('sends the comment and waits for a new version', async () => {
    const h = harness(gateWith(action()).verbs)
    await h.app.runSideJob(draw)
    await h.press('action_revise')
    await h.sandbox.interact.submit({ user: 'U0APPROVER', fill: { comment: '   ' } })
    await h.settled()
    expect(h.sandbox.world.modal('U0APPROVER')?.errors).toEqual({
      comment: 'Say in a sentence what should be different.',
    })
    await h.sandbox.interact.submit({ user: 'U0APPROVER', fill: { comment: 'Warmer, please' } })
    await h.settled()
    expect(callsOf(h.calls, 'decideAction').map(([, request]) => request)).toEqual([
      { actionId, decision: 'revise', payloadHash: 'a1b2c3d4e5f60718', reason: 'Warmer, please' },
    ])
    expect(wordsOf(h.seen()[0])).toContain('> Warmer, please')
  })
})

const blockOf = (card: { readonly blocks: readonly { block_id?: string | undefined; type: string }[] }): string =>
  card.blocks.find((block) => block.type === 'actions')?.block_id ?? ''
